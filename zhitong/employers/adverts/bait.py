"""Signs that an advertisement is bait: money asked of the worker, pay far off, wording of known swindles.

A sign is a reason for a person to look, never a verdict. Money and papers asked of the worker are forbidden by
《劳动合同法》第九条. The usual pay is the monthly mean of workers away from their township in 2024, 5,634 yuan
(National Bureau of Statistics, 《2024年农民工监测调查报告》).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from zhitong.employers.adverts.advert import Advert
from zhitong.employers.adverts.plain import make_solid, numerals_to_digits
from zhitong.employers.adverts.refused import gettext_noop
from zhitong.employers.adverts.salary import Salary
from zhitong.employers.adverts.usual import Usual

USUAL_MONTH_FEN: Final = 563_400

SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "money_asked": gettext_noop(
            "“%(matched)s”：向劳动者收钱。《劳动合同法》第九条禁止收取财物或要求担保。"
        ),
        "papers_kept": gettext_noop(
            "“%(matched)s”：扣押证件。《劳动合同法》第九条禁止扣押居民身份证和其他证件。"
        ),
        "loan_for_training": gettext_noop("“%(matched)s”：要求贷款或分期付培训费，疑似“培训贷”。"),
        "fake_tasks": gettext_noop("“%(matched)s”：疑似刷单、垫付一类骗局。"),
        "account_lent": gettext_noop("“%(matched)s”：疑似租借银行卡或账号，可能涉嫌犯罪。"),
        "abroad_or_at_sea": gettext_noop(
            "“%(matched)s”：高薪出国、跟船出海一类招工多有骗局，请核实经营资质。"
        ),
        "income_promised": gettext_noop("“%(matched)s”：以高收入招揽，请核实工资构成。"),
        "promise_without_duties": gettext_noop("只写了“%(matched)s”，没有写做什么工作，请问清岗位职责。"),
        "private_contact": gettext_noop("“%(matched)s”：要求加私人联系方式，请核实招聘单位。"),
        "wage_far_off": gettext_noop("工资“%(matched)s”远高于同类岗位，请核实。"),
        "wage_above_usual": gettext_noop(
            "工资“%(matched)s”远高于同类岗位的常见工资（%(usual)s元），请核实工作内容和工资构成。"
        ),
        "wage_below_usual": gettext_noop(
            "工资“%(matched)s”远低于同类岗位的常见工资（%(usual)s元），请核实工时和工资构成。"
        ),
        "wage_range_wide": gettext_noop("工资“%(matched)s”上下限相差过大，请核实底薪。"),
        "title_wage_differs": gettext_noop("岗位名称里的“%(matched)s”与填写的工资不一致，请核实。"),
    }
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of bait, with the words that give it, and the usual pay in yuan where it was compared."""

    code: str
    matched_text: str
    usual: str = ""

    @property
    def sentence(self) -> str:
        """The Chinese sentence for the officer who looks."""
        return SIGNS[self.code] % {"matched": self.matched_text, "usual": self.usual}


def _any(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings))


_FEE = (
    r"(?:押金|保证金|服装费|工装费|工服费|培训费|报名费|中介费|介绍费|体检费|办证费|资料费|建档费|入职费|手续费"
    r"|学费|工牌费)"
)
_NEAR = r"[^,，。;；]"
_NO_FEE = _any(
    rf"(?:不收|不交|不需|不用|无需?|免|零|没有|拒绝|严禁|谢绝|绝不|非|0){_NEAR}{{0,10}}{_FEE}",
    rf"{_FEE}{_NEAR}{{0,4}}(?:全免|免|公司承担|报销|不收|由公司)",
    r"(?:投标|履约|质量|农民工工资|项目)保证金|保证金(?:管理|缴纳|追加|账户|退)",
    r"(?:客户|房屋|租房|车辆|设备)押金|押金(?:管理|退还客户)",
)
_WORDINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "money_asked",
        _any(
            rf"(?:先?交|缴纳?|收取?|支付|预付|垫付|扣){_NEAR}{{0,8}}{_FEE}",
            rf"{_FEE}[:：]?\d{{2,5}}元?|{_FEE}{_NEAR}{{0,6}}(?:可退|退还|入职退|离职退|返还)",
        ),
    ),
    (
        "papers_kept",
        _any(
            rf"(?:扣押|扣留|暂扣|抵押|上交|上缴|代管|统一保管){_NEAR}{{0,5}}"
            r"(?:身份证|证件|毕业证|银行卡|学历证)(?!复印件|书)"
        ),
    ),
    (
        "loan_for_training",
        _any(
            rf"培训贷|(?:贷款|分期){_NEAR}{{0,6}}(?:培训费|学费)|(?:培训费|学费){_NEAR}{{0,4}}(?:贷款|分期)",
            r"先学后付|先培训后付款",
        ),
    ),
    (
        "fake_tasks",
        _any(
            r"刷单|刷信誉|点赞(?:员|兼职|赚)|抢单(?:员|赚|返)|打字(?:员)?兼职|手工活外发|外发加工带回家",
            r"(?:先|需|自行|本金)垫付|垫付(?:货款|本金|资金)|做任务(?:赚|返|领)",
        ),
    ),
    (
        "account_lent",
        _any(
            rf"(?:出租|出借|出售|租用|租借|收购|回收|借用){_NEAR}{{0,4}}"
            r"(?:银行卡|微信号?|支付宝|电话卡|手机卡|对公账户)",
            r"跑分|取现车手",
        ),
    ),
    (
        "abroad_or_at_sea",
        _any(
            r"跟船|随船|出海(?:捕捞|作业|打鱼|捕鱼|务工|打工)|高薪出国|出国(?:劳务|务工|打工)",
            r"缅北|西港|金三角|(?:缅甸|柬埔寨|老挝|东南亚)(?:高薪|急招|直招|打字|客服)",
        ),
    ),
    (
        "income_promised",
        _any(
            r"(?:月入|月薪|月收入)(?:轻松|稳定)?过\d*万|月过万|日[入赚]过?(?:千|\d{3,})|年入\d+万",
            r"躺赚|日赚|1个月\d万",
        ),
    ),
    (
        "private_contact",
        _any(r"加(?:我|老板|经理|主管)?(?:微信|v信|vx|薇信|qq|扣扣)|私聊|telegram|纸飞机|蝙蝠聊天"),
    ),
)
_PROMISE = dict(_WORDINGS)["income_promised"]
_FEWEST_WORDS = 8
"""Characters beside the promise below which an advertisement does not say what the work is."""
_TITLE_WAGE = re.compile(
    r"(?<![\d.])(\d{1,2}(?:\.\d)?|[一二两三四五六七八九十])(万|千|k(?![a-z]))(\d(?!\d))?|月?(?:薪|入)?过万"
)
_A_YEAR_FROM_YUAN = 80_000
"""A figure from here on in a title is a year's: nobody is hired by advertisement at that a month."""
_LEADS = re.compile(r"经理|主管|总监|负责人|主任|总裁|工程师|分析师|讲师|培训师|专家|顾问|律师|飞行|合伙")
_TIMES_USUAL: Mapping[str, float] = {"4-01": 5, "4-04": 6, "4-05": 5, "4-06": 5, "4-07": 4, "4-13": 5, "3": 4}
_PLAIN_WORK = 2.5
_UNSKILLED_WORK = 2.0


def bait_signs(
    advert: Advert, *, usual_month_fen: int = USUAL_MONTH_FEN, usual: Usual | None = None
) -> list[Sign]:
    """The signs of bait in an advertisement, each code at most once, in the order of `SIGNS`.

    `usual` is what posts of the same work pay; without it pay is held against multiples of `usual_month_fen`.
    """
    found: dict[str, Sign] = {}
    for sign in (*_worded(advert.text), *_dutiless(advert), *_paid(advert, usual_month_fen, usual)):
        found.setdefault(sign.code, sign)
    return [found[code] for code in SIGNS if code in found]


def _worded(text: str) -> Iterator[Sign]:
    solid = numerals_to_digits(make_solid(text))
    bare = _NO_FEE.sub(lambda free: "　" * len(free[0]), solid)
    for code, pattern in _WORDINGS:
        if found := pattern.search(bare):
            yield Sign(code, found[0])


def _dutiless(advert: Advert) -> Iterator[Sign]:
    """High income promised by an advertisement that says next to nothing else."""
    promise = _PROMISE.search(numerals_to_digits(make_solid(advert.text)))
    said = _PROMISE.sub("", numerals_to_digits(make_solid(advert.details)))
    if promise and sum(character.isalnum() for character in said) < _FEWEST_WORDS:
        yield Sign("promise_without_duties", promise[0])


def _paid(advert: Advert, usual_month: int, usual: Usual | None) -> Iterator[Sign]:
    salary = advert.salary
    if salary is None:
        return
    low, high = salary.low_fen or 0, salary.high_fen or salary.low_fen or 0
    if usual is not None:
        yield from _compared(low, high, usual, salary.as_given)
    elif low > _ceiling(advert, usual_month):
        yield Sign("wage_far_off", salary.as_given)
    if low and high >= 4 * low and high > 2 * usual_month:
        yield Sign("wage_range_wide", salary.as_given)
    yield from _title_differs(advert.title, salary, high)


def _compared(low: int, high: int, usual: Usual, as_given: str) -> Iterator[Sign]:
    """Pay of which even the lowest is above the upper fence, or even the highest below the lower one."""
    least, most = usual.fences
    if low > most:
        yield Sign("wage_above_usual", as_given, str(usual))
    elif 0 < high < least:
        yield Sign("wage_below_usual", as_given, str(usual))


def _ceiling(advert: Advert, usual: int) -> float:
    """The floor of pay above which an advertisement is looked at; none for professionals and for who leads."""
    code = advert.coding.code or "6"
    if code[0] in "12" or _LEADS.search(advert.title):
        return float("inf")
    times = _TIMES_USUAL.get(code[:4], _TIMES_USUAL.get(code[0], _PLAIN_WORK))
    unskilled = times == _PLAIN_WORK and advert.education <= 3 and advert.years == 0
    return usual * (_UNSKILLED_WORK if unskilled else times)


def _title_differs(title: str, salary: Salary, high: int) -> Iterator[Sign]:
    named = [(found[0], _named_fen(found)) for found in _TITLE_WAGE.finditer(make_solid(title))]
    if named and high:
        words, fen = max(named, key=lambda pair: pair[1])
        if fen > 1.5 * high:
            yield Sign("title_wage_differs", words)


def _named_fen(found: re.Match[str]) -> float:
    """What a title promises a month, in fen."""
    if not found[1]:
        return 1_000_000.0
    unit = 10_000 if found[2] == "万" else 1_000
    yuan = (float(numerals_to_digits(found[1])) + float(found[3] or 0) / 10) * unit
    return yuan * 100 / (12 if yuan >= _A_YEAR_FROM_YUAN else 1)
