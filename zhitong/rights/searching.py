"""Finding answers by what people type: Chinese words, whole or half pinyin, initials; best first.

Each answer carries three folded texts. ``search_head`` is the question with its keywords, ``search_sound`` the
initials and the whole pinyin of the question and of each keyword, each behind a blank, ``search_body`` the answer
itself. Every term typed must stand in one of them. Where a sentence was typed that stands nowhere as it is, its pairs
of characters are counted instead. Answers are few, so a process keeps these texts and scans them; whether they are
still those of the database is asked each time, and which answers may be read is the database's to say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from zhitong.kernel.pinyin import folded, sounds

MOST_TYPED = 60
MOST_TERMS = 6
MOST_PAIRS = 16
FEW_PAIRS = 3
"""Up to so many pairs of characters one that is found is enough; of more it takes two."""

TERM = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
PARTS = re.compile(r"[\s,，、;；/|]+")
FILLER = re.compile(
    "怎么办|怎么样|怎么|怎样|如何|什么|可不可以|可以|能不能|要不要|有没有|是不是|多少|哪里|请问|一下|吗|呢|的|了|被"
)
"""What stands in every other question and tells nothing."""

STARTS, IN_HEAD, SOUND_STARTS, IN_SOUND, IN_BODY = 12, 8, 6, 3, 1
"""Points for where a term stands."""


class NoTerms(Exception):
    """Nothing was typed that could be looked for."""


@dataclass(frozen=True)
class Texts:
    """The folded texts of one answer."""

    pk: int
    head: str
    sound: str
    body: str

    def points(self, term: str) -> int:
        """Return the points of a term; nought where it stands nowhere."""
        head = STARTS if self.head.startswith(term) else IN_HEAD if term in self.head else 0
        sound = 0
        if term.isascii():
            sound = SOUND_STARTS if f" {term}" in self.sound else IN_SOUND if term in self.sound else 0
        return head + sound + (IN_BODY if term in self.body else 0)

    def score(self, terms: list[str]) -> int:
        """Return the points of all terms; nought where one of them stands nowhere."""
        points = [self.points(one) for one in terms]
        return sum(points) if all(points) else 0

    def hits(self, pairs: list[str]) -> tuple[int, int]:
        """Return how many pairs of characters stand in the head, and how many anywhere."""
        return sum(one in self.head for one in pairs), sum(
            one in self.head or one in self.body for one in pairs
        )


def head_of(question: str, keywords: str) -> str:
    """Return what is searched first: the question, without its filler too, and the keywords, folded."""
    return " ".join(filter(None, map(_plain, _phrases(question, keywords))))


def sound_of(question: str, keywords: str) -> str:
    """Return initials and pinyin of the question and of each keyword, each behind a blank."""
    return "".join(f" {one}" for part in _phrases(question, keywords) for one in sounds(part) if one)


def body_of(text: str) -> str:
    """Return the answer folded."""
    return _plain(text)


def _phrases(question: str, keywords: str) -> list[str]:
    return list(dict.fromkeys((question, FILLER.sub("", question), *PARTS.split(keywords))))


def _plain(text: str) -> str:
    return "".join(one for one in folded(text) if one.isalnum())


def terms_of(typed: str) -> list[str]:
    """Return what to look for: runs of letters and digits, and runs of characters."""
    text = unicodedata.normalize("NFKC", typed[:MOST_TYPED]).lower().replace("'", "")
    return list(dict.fromkeys(filter(None, map(folded, TERM.findall(text)))))[:MOST_TERMS]


def ranked(rows: QuerySet[Any], typed: str, most: int) -> list[Any]:
    """Return at most ``most`` of the rows, best first; raises ``NoTerms`` where nothing can be looked for."""
    terms = terms_of(typed)
    if not terms:
        raise NoTerms
    readable = set(rows.order_by().values_list("pk", flat=True))
    texts = [one for one in _texts(rows.model) if one.pk in readable]
    scored = [(one.score(terms), one.pk) for one in texts]
    best = _best([one for one in scored if one[0]], most) or _by_pairs(texts, terms, most)
    found = rows.select_related("topic", "county").in_bulk(best)
    return [found[pk] for pk in best]


def _by_pairs(texts: list[Texts], terms: list[str], most: int) -> list[int]:
    """Return the numbers of the answers in which enough of the telling pairs of characters stand."""
    told = [part for one in terms if not one.isascii() for part in FILLER.split(one)]
    pairs = list(dict.fromkeys(one[at : at + 2] for one in told for at in range(len(one) - 1)))[:MOST_PAIRS]
    enough = 1 if len(pairs) <= FEW_PAIRS else 2
    hits = [(one.hits(pairs), one.pk) for one in texts]
    return _best([(2 * head + all_in, pk) for (head, all_in), pk in hits if all_in >= enough], most)


def _best(scored: list[tuple[int, int]], most: int) -> list[int]:
    return [pk for _score, pk in sorted(scored, key=lambda one: (-one[0], one[1]))[:most]]


_kept: dict[str, tuple[Any, list[Texts]]] = {}


def _texts(model: Any) -> list[Texts]:
    """Return the texts of all answers, read anew when any was written or reworded since."""
    rows = model._base_manager
    stamp = tuple(rows.aggregate(Count("pk"), Sum("version"), Max("touched_at")).values())
    before = _kept.get(model._meta.label)
    if before is None or before[0] != stamp:
        columns = ("pk", "search_head", "search_sound", "search_body")
        before = stamp, [Texts(*one) for one in rows.values_list(*columns).order_by("pk")]
        _kept[model._meta.label] = before
    return before[1]
