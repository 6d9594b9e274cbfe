"""Conditions that the law forbids, in made-up wordings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.employers.adverts import (
    AGE_SET_BY_LAW,
    CARRIERS_BARRED,
    CONDITIONS,
    EXCEPTIONS,
    QUESTIONS,
    WOMEN_BARRED,
    unlawful_conditions,
)


def codes(text: str, **lawful: frozenset[str]) -> list[str]:
    return list(dict.fromkeys(finding.code for finding in unlawful_conditions(text, **lawful)))


def test_it_works() -> None:
    [finding] = unlawful_conditions("招装配工，限男性，包吃住")
    assert finding.code == "sex_men"
    assert finding.matched_text == "限男性"
    assert "限男性" in finding.sentence
    assert "《劳动法》第十三条" in finding.sentence
    assert not finding.is_question


@pytest.mark.parametrize(
    ("code", "law"),
    [
        ("sex_men", "《就业促进法》第二十七条"),
        ("marriage_or_children", "《妇女权益保障法》第四十三条"),
        ("ethnicity", "《就业促进法》第二十八条"),
        ("religion", "《劳动法》第十二条"),
        ("disability", "《就业促进法》第二十九条"),
        ("disease", "《就业促进法》第三十条"),
        ("rural_household", "《就业促进法》第三十一条"),
        ("region", "指导性案例185号"),
        ("under_sixteen", "《劳动法》第十五条"),
    ],
)
def test_each_condition_names_its_law(code: str, law: str) -> None:
    assert law in CONDITIONS[code]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("sex_men", "限男"),
        ("sex_men", "只招男工"),
        ("sex_men", "男士优先"),
        ("sex_men", "性别：男"),
        ("sex_men", "性别要求男"),
        ("sex_men", "男 性 优 先"),
        ("sex_men", "男普工数名"),
        ("sex_men", "男工5名"),
        ("sex_men", "女性勿扰"),
        ("sex_men", "不招女工"),
        ("sex_men", "男，20-40岁"),
        ("sex_women", "限女性"),
        ("sex_women", "女士优先"),
        ("sex_women", "招聘女文员"),
        ("sex_women", "要求女，形象好"),
        ("sex_women", "女生为佳"),
        ("sex_women", "性别:女"),
        ("sex_women", "男士勿扰"),
        ("sex_women", "女服务员3名"),
        ("marriage_or_children", "已婚已育优先"),
        ("marriage_or_children", "限未婚"),
        ("marriage_or_children", "两年内不得生育"),
        ("marriage_or_children", "入职须孕检"),
        ("marriage_or_children", "孕妇勿扰"),
        ("ethnicity", "限汉族"),
        ("ethnicity", "汉族优先"),
        ("ethnicity", "不招彝族"),
        ("ethnicity", "少数民族勿扰"),
        ("religion", "无宗教信仰"),
        ("religion", "信教者勿扰"),
        ("disability", "残疾人勿扰"),
        ("disability", "无残疾"),
        ("disability", "四肢健全"),
        ("disability", "无身体缺陷"),
        ("disease", "无乙肝"),
        ("disease", "乙肝携带者勿扰"),
        ("disease", "入职查乙肝两对半"),
        ("disease", "非乙肝病毒携带者"),
        ("disease", "无肝炎，无肺结核"),
        ("disease", "不招HIV感染者"),
        ("rural_household", "限城镇户口"),
        ("rural_household", "要求非农业户口"),
        ("rural_household", "农村户口勿扰"),
        ("region", "限本地户口"),
        ("region", "本地人优先"),
        ("region", "须有本市户籍"),
        ("region", "不招河南人"),
        ("region", "东北人勿扰"),
        ("region", "外地人勿扰"),
        ("region", "具备上海户籍"),
        ("region", "大专以上，本市户籍，会电脑"),
        ("under_sixteen", "招15岁以上"),
        ("under_sixteen", "14-18岁均可"),
        ("under_sixteen", "未满十六周岁也可"),
        ("age_limit", "35岁以下"),
        ("age_limit", "年龄18-45周岁"),
        ("age_limit", "年龄不超过40"),
        ("age_limit", "年龄20至35"),
        ("age_limit", "四十五岁以内"),
        ("age_limit", "35周岁（含）以下"),
        ("age_limit", "25岁左右"),
        ("health_history", "无传染病史"),
        ("health_history", "无慢性病"),
    ],
)
def test_a_condition_is_found(code: str, text: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "男女不限",
        "不限男女",
        "性别不限，年龄不限",
        "男女均可，包吃包住",
        "招男女工各若干名",
        "女装导购，有女鞋销售经验",
        "男科医院导医",
        "负责女性客户的咨询",
        "员工子女优先入学",
        "各位美女不要错过",
        "民族不限",
        "民族舞老师",
        "了解民族医药",
        "欢迎少数民族",
        "少数民族优先",
        "欢迎残疾人",
        "残疾人优先",
        "接收残疾人士",
        "不招用童工",
        "禁止使用童工",
        "18周岁以上",
        "年满18周岁",
        "照顾60岁以上老人",
        "带3-6岁孩子",
        "教6-12岁儿童",
        "户籍不限",
        "可解决北京户口",
        "协助办理上海户籍",
        "落户补贴",
        "熟悉本地市场，拜访外地客户",
        "销售乙肝检测试剂",
        "孕检仪器销售",
        "有健康证，身体健康",
        "带薪病假",
        "婚假、产假、陪产假",
        "婚庆主持",
        "本公司不歧视女性和残疾人",
        "团队10人以下，5000元以下",
        "工作20-30天",
        "民族乐器制作",
        "宗教事务局文员",
        "学籍管理员",
        "英语专业",
    ],
)
def test_an_innocent_text_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_age_and_health_are_questions_and_the_rest_is_not() -> None:
    assert {"age_limit", "health_history"} == QUESTIONS
    [finding] = unlawful_conditions("35岁以下")
    assert finding.is_question
    assert "请问" in finding.sentence


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        (WOMEN_BARRED, "井下采煤，限男性；女性优先", ["sex_women"]),
        (CARRIERS_BARRED, "无肺结核，无传染病史，限男", ["sex_men"]),
        (AGE_SET_BY_LAW, "18-50岁，限汉族", ["ethnicity"]),
    ],
)
def test_what_the_law_bars_from_the_post_is_lawful_there(name: str, text: str, left: list[str]) -> None:
    assert codes(text, lawful=frozenset({name})) == left


def test_an_unknown_exception_is_an_error() -> None:
    with pytest.raises(KeyError):
        unlawful_conditions("限男", lawful=frozenset({"because_we_say_so"}))


def test_nothing_excuses_child_labour() -> None:
    assert codes("招15岁以上", lawful=frozenset(EXCEPTIONS)) == ["under_sixteen"]


@pytest.mark.parametrize("text", ["限\u200b男", "限　男", "ｌ限男", "限\n男", "性别∶男".replace("∶", "：")])
def test_invisible_characters_hide_nothing(text: str) -> None:
    assert codes(text) == ["sex_men"]


def test_findings_stand_in_the_order_of_the_text() -> None:
    findings = unlawful_conditions("限男性，限汉族，35岁以下，本地户口优先")
    assert [finding.code for finding in findings] == ["sex_men", "ethnicity", "age_limit", "region"]
    assert [finding.start for finding in findings] == sorted(finding.start for finding in findings)


_BITS = st.sampled_from(
    [*"男 女 限 不限 优先 勿扰 岁 35 以下 本地 户口 乙肝 无 残疾 族 汉 不招 ， % 已婚 残 非 病".split(), " "]
)


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(_BITS, max_size=14).map("".join)))
def test_any_text_gets_sentences(text: str) -> None:
    for finding in unlawful_conditions(text):
        assert finding.code in CONDITIONS
        assert finding.matched_text in finding.sentence


@settings(max_examples=100, deadline=None)
@given(
    before=st.text(alphabet="包吃住五险一金双休工资面议，。", max_size=30),
    after=st.text(alphabet="包吃住双休，。", max_size=30),
)
def test_what_stands_around_hides_nothing(before: str, after: str) -> None:
    assert "sex_men" in codes(f"{before}，仅限男性，{after}")


def test_a_long_text_does_not_take_long() -> None:
    assert codes("男" * 5000 + "女" * 5000) is not None
