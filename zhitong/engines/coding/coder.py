"""The coder: words at the head of a title first, context for vague heads, likeness for the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zhitong.engines.coding.likeness import Likeness, Numbers
from zhitong.engines.coding.model import Coding, Params, Plan, Problem
from zhitong.engines.coding.names import spoken_names
from zhitong.engines.coding.titles import Part, fold, take_apart
from zhitong.engines.coding.words import IN_CONTEXT, PROFESSIONS, REALMS, VAGUE

_NAME_WEIGHT = 1.05
_HEAD_BONUS = 1.7
_TEXT_READ = 160
_KIN = 0.4
_ENDING = re.compile("(?:操作|生产|加工|装配|制作)?(?:普工|技工|工人|女工|男工|小工|工|员|师傅|师|手|学徒)")
_OF_ANY = ("员", "师")
_TRADES = "456"
"""Major groups whose occupations are trades: 工 after a word of a profession does not make it one."""

_PROFESSIONAL = ("2-", "4-04")
"""Where a word found beside the head of a profession is believed: professionals, and software and networks."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A known word found in a part: what it stands for, how much it says, whether it is the head."""

    word: str
    code: str
    is_weak: bool
    score: float
    is_head: bool
    covers: float


class Coder:
    """Codes titles with one set of `Params`; holds its index, so make it once and use it often."""

    def __init__(self, params: Params) -> None:
        names = {o.name.lower(): (o.code, _NAME_WEIGHT) for o in params.occupations}
        self._words = {**spoken_names(params.occupations), **params.words, **names}
        self._known = self._words.keys() | VAGUE
        self._longest = max(map(len, self._known))
        self._starts = {word[:2] for word in self._known}
        self._floor = params.floor
        self._phrases = list(self._words)
        self._codes = np.array([self._words[phrase][0] for phrase in self._phrases])
        self._likeness = Likeness(self._phrases)
        self._neighbours: dict[str, str | None] = {}
        self._every_code = {code for code, _ in self._words.values()}
        self._professions = [(re.compile(head), prefixes) for head, prefixes in PROFESSIONS]
        self._realms = [(re.compile(head), prefixes, self._within(prefixes)) for head, prefixes in REALMS]
        self._contexts = [
            (re.compile(head), [(re.compile(found), code) for found, code in cases])
            for head, cases in IN_CONTEXT
        ]

    def code(self, title: str, text: str = "") -> Coding:
        """The occupation of a title; `text` (description, tags, industry) helps where the title is vague."""
        parts = take_apart(title)
        if not parts:
            return Coding(None, 0.0, reason="title_empty")
        whole = fold(title).strip()
        hits = self._hits(Part(whole, 1.0)) if whole in self._words else self._hits_of(parts)
        if any(not hit.is_weak for hit in hits):
            return self._by_words(parts, hits)
        settled = self._in_context(title, text)
        return settled or (self._by_words(parts, hits) if hits else self._by_likeness(parts))

    def _within(self, prefixes: tuple[str, ...]) -> Numbers:
        inside = [any(code.startswith(prefix) for prefix in prefixes) for code in self._codes]
        return np.array(inside, dtype=np.float64)

    # Words

    def _hits_of(self, parts: tuple[Part, ...]) -> list[_Hit]:
        return [hit for part in parts for hit in self._hits(part)]

    def _hits(self, part: Part) -> list[_Hit]:
        """Known words in a part, without those that lie inside a longer one."""
        heads = part.head_ends
        informative = max(1, min(heads) if min(heads) > 1 else len(part.text))
        return [
            self._weigh(part, word, end in heads, min(1.0, len(word) / informative))
            for word, end in self._outermost(part)
            if word in self._words
        ]

    def _weigh(self, part: Part, word: str, is_head: bool, covers: float) -> _Hit:
        code, weight = self._words[word]
        length = len(word) * 0.45 + 0.8 if word.isascii() else float(len(word))
        score = length**0.7 * weight * part.weight * (_HEAD_BONUS if is_head else 1.0)
        return _Hit(word, code, weight < 1.0, score, is_head, covers)

    def _outermost(self, part: Part) -> Iterator[tuple[str, int]]:
        """Known and vague words with their end: each position's longest, none inside an earlier one."""
        reached, text = 0, part.text
        for start in range(len(text) - 1):
            if text[start : start + 2] not in self._starts:
                continue
            word = self._longest_at(text, start)
            if word and start + len(word) > reached:
                reached = self._with_ending(part, word, start + len(word))
                yield word, reached

    def _with_ending(self, part: Part, word: str, end: int) -> int:
        """Where a word ends when the ending of a trade at the head's end is counted to it (桥架 in 桥架工)."""
        found = _ENDING.match(part.text, end) if word in self._words else None
        if found is None or found.end() not in part.head_ends:
            return end
        is_trade = self._words[word][0][0] in _TRADES or found[0] in _OF_ANY
        return found.end() if is_trade else end

    def _longest_at(self, text: str, start: int) -> str:
        for end in range(min(len(text), start + self._longest), start + 1, -1):
            word = text[start:end]
            if word in self._known and _stands_alone(text, start, end):
                return word
        return ""

    def _by_words(self, parts: tuple[Part, ...], hits: list[_Hit]) -> Coding:
        totals: dict[str, float] = {}
        best: dict[str, _Hit] = {}
        for hit in sorted(hits, key=lambda h: -h.score):
            totals[hit.code] = totals.get(hit.code, 0.0) + hit.score * (0.35 if hit.code in totals else 1.0)
            best.setdefault(hit.code, hit)
        ranked = sorted(totals, key=lambda code: (-totals[code], code))
        winner = best[ranked[0]]
        margin = 1.0 - (totals[ranked[1]] / totals[ranked[0]] if len(ranked) > 1 else 0.0)
        runner_up = ranked[1] if len(ranked) > 1 else self._nearest_other(winner.word)
        confidence = _sureness(winner, margin) * self._agreement(parts[0].text, winner)
        return Coding(winner.code, confidence, runner_up, winner.code[:4], decided_by=winner.word)

    def _nearest_other(self, word: str) -> str | None:
        """The other occupation whose words are most like this one; looked up once for each word."""
        if word not in self._neighbours:
            likeness = np.where(self._codes == self._words[word][0], 0.0, self._likeness.to(word))
            nearest = int(np.argmax(likeness))
            self._neighbours[word] = str(self._codes[nearest]) if likeness[nearest] > _KIN else None
        return self._neighbours[word]

    def _agreement(self, text: str, winner: _Hit) -> float:
        """1, or less where the head of the title (an engineer) says another realm than the word found."""
        if winner.is_head and winner.covers > 0.6:
            return 1.0
        for head, prefixes in self._professions:
            if head.search(text):
                return 1.0 if winner.code.startswith((*prefixes, *_PROFESSIONAL)) else 0.6
        return 1.0

    # Context

    def _in_context(self, title: str, text: str) -> Coding | None:
        heading, rest = fold(title), fold(text[:_TEXT_READ])
        for head, cases in self._contexts:
            if not head.search(heading):
                continue
            for source, confidence in ((heading, 0.6), (rest, 0.4)):
                for found, code in cases:
                    if (word := found.search(source)) and code in self._every_code:
                        return Coding(code, confidence, None, code[:4], decided_by=word[0])
        return None

    # Likeness

    def _by_likeness(self, parts: tuple[Part, ...]) -> Coding:
        vague = any(_is_vague(part.text) for part in parts)
        realm = next((r for r in self._realms if r[0].search(parts[0].text)), None)
        likeness = np.maximum.reduce([self._like(part) for part in parts])
        if realm is not None:
            likeness = likeness * realm[2]
        nearest = int(np.argmax(likeness))
        like = float(likeness[nearest])
        if like < self._floor:
            reason = "title_too_vague" if vague else "title_unknown"
            return Coding(None, 0.0, None, _only_middle(realm), reason)
        code = str(self._codes[nearest])
        others = np.where(self._codes == code, 0.0, likeness)
        second = int(np.argmax(others))
        runner_up = str(self._codes[second]) if others[second] > 0.0 else None
        return Coding(code, round(0.55 * like, 3), runner_up, code[:4], decided_by=self._phrases[nearest])

    def _like(self, part: Part) -> Numbers:
        return self._likeness.to(_without_vague(part.text)) * max(0.75, part.weight)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A Latin word must not be part of a longer one (`it` in `editor`)."""
    before, after = text[start - 1 : start], text[end : end + 1]
    inside_left = text[start].isascii() and text[start].isalpha() and before.isascii() and before.isalpha()
    inside_right = text[end - 1].isascii() and text[end - 1].isalpha() and after.isascii() and after.isalpha()
    return not (inside_left or inside_right)


def _is_vague(text: str) -> bool:
    return any(word in text for word in VAGUE if len(word) > 1) or text in VAGUE


def _without_vague(text: str) -> str:
    """The part without the vague words in it, longest first."""
    rest = text
    for word in sorted(VAGUE, key=len, reverse=True):
        if len(word) > 1:
            rest = rest.replace(word, "")
    return rest if len(rest) > 1 else ""


def _only_middle(realm: tuple[re.Pattern[str], tuple[str, ...], Numbers] | None) -> str | None:
    """The middle group that a vague head settles by itself, such as teaching."""
    return realm[1][0][:4] if realm is not None and len(realm[1][0]) >= 4 else None


def _sureness(winner: _Hit, margin: float) -> float:
    """About the share of such answers that are right: head, coverage of the part and lead over the next."""
    raw = 0.35 + 0.2 * winner.is_head + 0.25 * winner.covers + 0.15 * margin
    return round(min(0.95, raw) * (0.6 if winner.is_weak else 1.0), 3)


def solve(problem: Problem, params: Params, *, seed: int = 0) -> Plan:
    """Code every title. Nothing is drawn, so the seed changes nothing; the same input gives the same plan."""
    coder = Coder(params)
    texts = problem.texts or ("",) * len(problem.titles)
    return Plan(tuple(coder.code(title, text) for title, text in zip(problem.titles, texts, strict=True)))
