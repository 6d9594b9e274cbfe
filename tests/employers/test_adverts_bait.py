"""Signs of bait, in made-up advertisements."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.employers.adverts import SIGNS, Advert, Salary, bait_signs, read_salary


@dataclasses.dataclass(frozen=True)
class Coding:
    code: str | None = "6-31-05-00"
    confidence: float = 0.9
    runner_up: str | None = None
    reason: str = ""


def advert(
    title: str = "包装工",
    details: str = "",
    salary: str = "5000-6000元/月",
    code: str | None = "6-31-05-00",
    years: int = 0,
) -> Advert:
    read = read_salary(salary)
    return Advert(
        advert_id="A1", source="made_up", employer="C1", title=title, coding=Coding(code), place=None,
        salary=read if isinstance(read, Salary) else None, seats=1, education=0, years=years, published_on=None,
        industry="", tags=(), details=details, findings=(), unknown=(), supposed=(),
    )  # fmt: skip


def codes(**parts: str) -> list[str]:
    return [sign.code for sign in bait_signs(advert(**parts))]  # type: ignore[arg-type]


def test_it_works() -> None:
    [sign] = bait_signs(advert(details="入职先交押金300元，离职退还"))
    assert sign.code == "money_asked"
    assert "押金" in sign.matched_text
    assert "《劳动合同法》第九条" in sign.sentence


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("money_asked", "需缴纳服装费200元"),
        ("money_asked", "押金500，满月退还"),
        ("money_asked", "报到时收取体检费"),
        ("papers_kept", "入职上交身份证原件"),
        ("papers_kept", "毕业证抵押，扣押毕业证"),
        ("loan_for_training", "可办理培训贷"),
        ("loan_for_training", "学费分期支付"),
        ("fake_tasks", "在家刷单，日结"),
        ("fake_tasks", "需先垫付货款"),
        ("account_lent", "高价租用银行卡"),
        ("abroad_or_at_sea", "跟船作业，包机票"),
        ("abroad_or_at_sea", "柬埔寨高薪打字员"),
        ("income_promised", "轻松月入过万"),
        ("income_promised", "在家躺赚"),
        ("private_contact", "加我微信详聊"),
    ],
)
def test_wording_gives_a_sign(code: str, details: str) -> None:
    assert code in codes(details=details)


@pytest.mark.parametrize(
    "details",
    [
        "不收任何押金",
        "免培训费、免服装费",
        "体检费公司报销",
        "负责投标保证金的缴纳",
        "保证金管理",
        "押金管理岗，核对租房押金",
        "提成由公司垫付，当月发放",
        "产品出海业务",
        "微信公众号维护，回收问卷",
        "包吃住，缴纳五险",
        "带身份证复印件面试",
    ],
)
def test_an_honest_wording_gives_none(details: str) -> None:
    assert codes(details=details) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"salary": "15000-18000"}, ["wage_far_off"]),
        ({"salary": "9000-11000"}, []),
        ({"salary": "15000-18000", "code": "2-02-10-03"}, []),
        ({"salary": "15000-18000", "title": "生产经理"}, []),
        ({"salary": "15000-18000", "code": "4-01-02-01"}, []),
        ({"salary": "3-3.5万", "code": "4-01-02-01"}, ["wage_far_off"]),
        ({"salary": "3000-20000"}, ["wage_range_wide"]),
        ({"salary": "3000-12000"}, ["wage_range_wide"]),
        ({"salary": "2000-8000"}, []),
        ({"title": "包装工月薪1万2", "salary": "4000-5000"}, ["title_wage_differs"]),
        ({"title": "包装工两万", "salary": "4000-5000"}, ["title_wage_differs"]),
        ({"title": "包装工年薪10万", "salary": "8000-9000"}, []),
        ({"title": "包装工6k", "salary": "5000-6000"}, []),
        ({"salary": "面议"}, []),
    ],
)
def test_pay_gives_a_sign(parts: dict[str, str], expected: list[str]) -> None:
    assert codes(**parts) == expected


def test_skill_moves_the_bound() -> None:
    skilled = advert(salary="12000-13000", code="6-18-02-04", years=5)
    assert bait_signs(skilled) == []
    assert [sign.code for sign in bait_signs(advert(salary="12000-13000"))] == ["wage_far_off"]


def test_the_usual_pay_can_be_given() -> None:
    assert [s.code for s in bait_signs(advert(salary="9000-9900"), usual_month_fen=400_000)] == [
        "wage_far_off"
    ]


def test_each_sign_is_given_once_in_order() -> None:
    found = codes(details="先交押金，再交服装费，上交身份证，月入过万，躺赚")
    assert found == ["money_asked", "papers_kept", "income_promised"]


@settings(max_examples=300, deadline=None)
@given(title=st.text(max_size=60), details=st.text(max_size=120), salary=st.text(max_size=20))
def test_any_text_gets_sentences(title: str, details: str, salary: str) -> None:
    for sign in bait_signs(advert(title=title, details=details, salary=salary)):
        assert sign.code in SIGNS
        assert sign.sentence
