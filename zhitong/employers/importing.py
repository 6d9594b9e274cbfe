"""Lists of advertisements become posts: read, reported row by row, and only then stored.

The list is a workbook or a text file (also gzipped) with the columns ``ad_id``, ``title``, ``company_id``,
``city_raw`` and ``salary_raw``, and, where it has them, ``province``, ``salary_min``, ``salary_max``,
``salary_period``, ``headcount``, ``education``, ``experience``, ``industry``, ``tags``, ``description`` and
``publish_date``. A row that cannot become a post goes back to its sender with the reason.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel import values
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Occupation, Org, Region
from zhitong.kernel.sheets import (
    Line,
    Problem,
    Sheet,
    cell_text,
    heading_key,
    read_sheets,
    write_errors,
)

from .actions import import_demands
from .actions.imports import Post, PostBatch, known_codes
from .adverts import CONDITIONS, SENTENCES, SIGNS, Advert, Salary, Tables, bait_signs, read_advert
from .facts import DemandFacts, checked_demand
from .frames import reading_tables
from .keeping import MOST_BYTES

NEEDED = ("ad_id", "title", "company_id", "city_raw", "salary_raw")
VALID_FOR = dt.timedelta(days=90)
STEP = 500
Row = Mapping[str, str]
Telling = Callable[[int, int], None]


@dataclass(frozen=True)
class Returned:
    """A row that goes back: its sheet, its number there, the reason's code, the sentence, the column at fault."""

    sheet: int
    line: int
    number: str
    code: str
    sentence: str
    column: str = ""


@dataclass
class Report:
    """What a file holds, and what became of it. ``stored`` is 0 in a dry run."""

    sheets: list[Sheet] = field(default_factory=list)
    read: int = 0
    posts: list[Post] = field(default_factory=list)
    known: int = 0
    refused: list[Returned] = field(default_factory=list)
    supposed: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    stored: int = 0
    applied: bool = False
    seconds: float = 0.0

    @property
    def reasons(self) -> Counter[str]:
        """How many rows were refused, by the code of the reason."""
        return Counter(one.code for one in self.refused)

    def describe(self) -> str:
        """Return the summary that people read: totals, and the reasons with an example each."""
        counts = {
            "read": self.read,
            "good": len(self.posts),
            "known": self.known,
            "refused": len(self.refused),
            "stored": self.stored,
        }
        lines = [
            _("读取 %(read)d 行：可以入库 %(good)d 行，已有 %(known)d 行，退回 %(refused)d 行。") % counts,
            _("已入库 %(stored)d 行，全部待审核。") % counts
            if self.applied
            else _("这是试读，没有存入任何一行。"),
        ]
        lines += [*self._refusals(), *self._remarks(_("推定"), self.supposed, SENTENCES)]
        lines += self._remarks(_("存疑"), self.doubts, SIGNS)
        lines.append(_("用时 %(seconds).1f 秒。") % {"seconds": self.seconds})
        return "\n".join(lines)

    def _refusals(self) -> Iterator[str]:
        examples = {one.code: one for one in reversed(self.refused)}
        for code, count in self.reasons.most_common():
            example = examples[code]
            yield _("  退回 %(count)d 行（%(code)s），例如第 %(line)d 行：%(sentence)s") % {
                "count": count, "code": code, "line": example.line, "sentence": example.sentence
            }  # fmt: skip

    def _remarks(self, kind: str, counted: Counter[str], sentences: Mapping[str, str]) -> Iterator[str]:
        for code, count in counted.most_common():
            sentence = _(sentences[code]) % {"value": "…", "matched": "…", "usual": "…"}
            yield _("  %(kind)s %(count)d 行（%(code)s）：%(sentence)s") % {
                "kind": kind, "count": count, "code": code, "sentence": sentence
            }  # fmt: skip

    def write_refused(self, path: Path) -> int:
        """Write the refused rows in the sender's own layout, the reason beside each; return their number."""
        problems = {
            (one.sheet, one.line): [Problem(one.sentence, self.sheets[one.sheet].position(one.column))]
            for one in self.refused
        }
        with path.open("wb") as target:
            return write_errors(target, self.sheets, problems)


def import_posts(
    *, by: Account, org: Org, path: Path, apply: bool = False, tell: Telling = lambda read, rows: None
) -> Report:
    """Read a file, and with ``apply`` store what is good; the same file a second time changes nothing.

    Refuses a file that is no such table as a whole, and stores nothing then. ``tell(read, rows)`` hears of progress.
    """
    began = time.monotonic()
    report = Report()
    read_file(path, report, tell)
    if apply:
        report.applied = True
        if report.posts:
            report.stored = import_demands(by=by, org=org, batch=PostBatch(report.posts))
    report.seconds = time.monotonic() - began
    return report


def read_file(path: Path, report: Report, tell: Telling = lambda read, rows: None) -> None:
    """Fill the report with the file's rows as posts and refused rows."""
    report.sheets = read_sheets(io.BytesIO(_bytes_of(path)), NEEDED, most_bytes=MOST_BYTES)
    reader, rows = _Reader(report), sum(len(one.lines) for one in report.sheets)
    for at, sheet in enumerate(report.sheets):
        _refuse_incomplete(sheet)
        for line in sheet.lines:
            if report.read % STEP == 0:
                tell(report.read, rows)
            report.read += 1
            reader.take(at, line, _cells_of(sheet, line))
    known = known_codes(one.external_code for one in report.posts)
    report.known = len(known)
    report.posts = [one for one in report.posts if one.external_code not in known]


class _Reader:
    """Turns rows into posts, with the code lists at hand."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.tables: Tables = reading_tables()
        self.occupations = {one.code: one for one in Occupation.objects.filter(level=4)}
        self.cities = {one.code[:6]: one for one in Region.objects.standing().cities()}
        self.seen: set[str] = set()

    def take(self, at: int, line: Line, row: Row) -> None:
        """Add the row of the sheet at a position to the posts or to the refused."""
        try:
            post = self._post(row)
        except Refusal as no:
            returned = Returned(at, line.number, row["ad_id"], no.code, str(no.sentence), no.field or "")
            self.report.refused.append(returned)
        else:
            self.seen.add(post.external_code)
            self.report.posts.append(post)

    def _post(self, row: Row) -> Post:
        self._check_numbers(row)
        advert = read_advert(row, self.tables)
        if not isinstance(advert, Advert):
            unlawful = "unlawful_" if advert.reason_code in CONDITIONS else ""
            raise Refusal(unlawful + advert.reason_code, advert.sentence, field=advert.field)
        facts = checked_demand(self._facts(advert))
        self.report.supposed.update(advert.supposed)
        self.report.doubts.update(one.code for one in bait_signs(advert))
        return Post(advert.advert_id, advert.employer, facts, advert.published_on)

    def _check_numbers(self, row: Row) -> None:
        number = row["ad_id"].strip()
        if not number:
            raise Refusal("number_missing", _("没有编号，无法防止重复入库。"), field="ad_id")
        if number in self.seen:
            sentence = _("编号 %(number)s 在文件里重复。") % {"number": number[:60]}
            raise Refusal("number_repeated", sentence, field="ad_id")
        if not row["company_id"].strip():
            raise Refusal("employer_missing", _("没有写用人单位，无法核验。"), field="company_id")
        if len(number) > 80 or len(row["company_id"]) > 60:
            raise Refusal("number_too_long", _("编号太长，请核对是不是填错了列。"), field="ad_id")

    def _facts(self, advert: Advert) -> DemandFacts:
        low, high = _promise(advert.salary)
        today = timezone.localdate()
        assert advert.place is not None and advert.coding.code is not None
        return DemandFacts(
            title=" ".join(_readable(advert.title).split()).lstrip("".join(values.FORMULA_STARTS)),
            occupation=self.occupations[advert.coding.code],
            seats=advert.seats,
            region=self.cities[advert.place.prefecture_code],
            wage_low_fen=low,
            wage_high_fen=high,
            education_min=advert.education,
            details=_readable("\n".join(filter(None, ("，".join(advert.tags), advert.details))))[:2000],
            begins_on=today,
            valid_until=today + VALID_FOR,
        )


def _promise(salary: Salary | None) -> tuple[int, int]:
    assert salary is not None
    promised = salary.promise()
    assert isinstance(promised, tuple)
    return promised


def _readable(text: str) -> str:
    """Return foreign text without the characters that nobody sees."""
    return values.UNSEEN.sub("", text)


def _cells_of(sheet: Sheet, line: Line) -> Row:
    return {heading_key(name): cell_text(line.at(at)) for at, name in enumerate(sheet.headings) if name}


def _refuse_incomplete(sheet: Sheet) -> None:
    missing = [name for name in NEEDED if sheet.position(name) is None]
    if missing:
        sentence = _("文件缺少这些列：%(columns)s。") % {"columns": "、".join(missing)}
        raise Refusal("columns_missing", sentence, field="file")


def _bytes_of(path: Path) -> bytes:
    """Return the file's content, unpacked; refuses what is too large or broken."""
    try:
        with path.open("rb") as packed:
            is_gzip = packed.read(2) == b"\x1f\x8b"
        with gzip.open(path) if is_gzip else path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise Refusal("file_broken", _("文件打不开，可能在传送中损坏，请重新发送。"), field="file") from None
    if len(data) > MOST_BYTES:
        raise Refusal("file_too_large", _("文件超过 200 MB，请分成几份。"), field="file")
    return data
