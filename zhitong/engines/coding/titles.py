"""A free title, folded and taken apart: what is the name of the work, and what is shouting around it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 160
"""Characters of a title that are looked at; what follows is never the name of the work."""

_ALIASES = (("c++", "cpp"), ("c#", "csharp"), (".net", "dotnet"), ("node.js", "node"))
_NOISE = re.compile(
    # running numbers of the advertisement
    r"职位编号[:：]?\s*\w*|(?<![a-z])(?:id|mj)\s*\d+|(?<![a-z0-9])[a-z]{0,4}-?\d{4,}(?![a-z0-9])"
    # pay
    r"|[月年]薪\S{0,8}?[千万kw元]|[底保]薪?\d+k?|\d[\d.]*(?:\s*[-~到至]\s*\d[\d.]*)?\s*(?:[kw](?![a-z])|千|万|元)[\d起+]*"
    r"|高提成|提成|无责|底薪|保底|高薪|(?:年底)?双薪|十三薪|\d+薪|年终奖金?|绩效奖金|餐补|饭补|房补|车补|津贴"
    # hours and benefits
    r"|周末双休|大小周|双休|单休|做[一二三四五六]休[一二三四]|上[一二]休[一二]|月休\d*天?|法定(?:节?假日?|放假)"
    r"|朝九晚[五六]|早九晚[五六]|长?白班|长?夜班|行政班|常日班|不?加班|班车|晋升"
    r"|[五六七]险(?:[一二]金)?|社保|包食宿|包吃包?住?|包住宿?|管吃管?住?|食宿|高福利|福利好?"
    r"|带薪\S{0,2}(?:培训|年假|休假)|免费培训|入职培训"
    # who is called, and how loudly
    r"|急聘|急招|急急?急|急(?![诊救件])|诚聘|诚招|直招|直聘|招聘(?!专员|主管|经理|顾问|助理|师|hr|文员|岗)|(?<!招)聘"
    r"|无销售|非销售|不?带?销售性质|无需经验|无经验|零基础|小白|可?应届(?:毕业)?生?|毕业生|实习生?|兼职|全职"
    r"|临时|寒暑假|经验不限|学历不限|不限(?:学历|经验)?|男女不限|新人|就近(?:分配|安排)?|近地铁口?|工作轻松|时间自由"
    r"|稳定|轻松|\d+届|20\d\d年?|校招|春招|秋招|社招|\d*强企业?|上市公司?|国企|央企|外企|德资|日资|大厂"
)
_LONG_LATIN = re.compile(r"[A-Za-z]{14,}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETED = re.compile(r"[(\[{【〔《<「『]([^()\[\]{}【】〔〕《》<>「」『』]*)[)\]}】〕》>」』]")
_APART = re.compile(
    r"[/|、,;，；+&·丨｜—–_~#*!！。:：\\?？@=%^$\"'“”‘’()\[\]{}【】〔〕《》<>「」『』-]+|或者|以及|兼"
)
_WORD_GAP = re.compile(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])")
_GRADE = re.compile(
    r"(?:主管|经理|总监|组长|班长|班组长|主任|部长|负责人|专员|助理|学徒工?|领班|岗位?|人员|员工|储备(?:干部)?|师傅|专家"
    r"|管理|顾问|代表|工程师|技术员|管培生|培训生|专业|队长|科长|干事|职员|小时工|部|骨干|业务|操作|team|leader)$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a title and the weight of its place: first pieces name the work, brackets only explain."""

    text: str
    weight: float

    @property
    def head_ends(self) -> frozenset[int]:
        """Where the head noun of the piece may end: at its end, or before the words of rank after it."""
        ends, rest = {len(self.text)}, self.text
        while found := _GRADE.search(rest):
            if found.start() == 0:
                break
            rest = rest[: found.start()]
            ends.add(len(rest))
        return frozenset(ends)


def fold(text: str) -> str:
    """Half-width, lower case, no control or invisible characters, at most `LONGEST` characters."""
    spelled_out = _LONG_LATIN.sub(lambda run: _CAMEL.sub(" ", run[0]), text[: LONGEST * 2])
    plain = unicodedata.normalize("NFKC", spelled_out).lower()
    kept = (" " if c.isspace() else c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C")
    folded = "".join(kept)[:LONGEST]
    for spelled, plainly in _ALIASES:
        folded = folded.replace(spelled, plainly)
    return folded


def take_apart(title: str) -> tuple[Part, ...]:
    """The pieces of a title that say something, most telling first; none where nothing is left."""
    folded = fold(title)
    inner = " / ".join(_BRACKETED.findall(folded))
    outer = _BRACKETED.sub("/", folded)
    pieces = [Part(text, max(0.6, 1.0 - 0.25 * i)) for i, text in enumerate(_pieces(outer))]
    return (*pieces, *(Part(text, 0.45) for text in _pieces(inner)))


def _pieces(text: str) -> list[str]:
    bare = _NOISE.sub("/", text)
    bare = _WORD_GAP.sub("/", _APART.sub("/", bare))
    pieces = (piece.strip() for piece in bare.split("/"))
    return [piece for piece in pieces if any(c.isalpha() for c in piece)]
