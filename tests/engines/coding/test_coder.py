"""Titles to occupations, with made-up titles."""

import csv
import gzip
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.engines.coding import (
    Coder,
    Coding,
    Occupation,
    Params,
    Plan,
    Problem,
    read_occupations,
    solve,
    spoken_words,
)
from zhitong.engines.coding.names import spoken_names
from zhitong.engines.coding.words import IN_CONTEXT, VAGUE, WEAK

TRADES = {
    "6-18-02-04": "电焊工 氩弧焊师傅 二保焊技工 船厂急招焊工 气保焊工（包吃住） 焊工学徒 管道氩弧焊工8000-12000",
    "6-30-05-01": "叉车工 叉车司机 塔吊司机 行车工 高薪诚聘龙门吊司机 汽车吊司机 天车工",
    "6-30-05-02": "信号司索工 起重工 吊装工",
    "6-30-05-05": "挖掘机司机 铲车司机 旋挖钻机手 装载机司机",
    "6-31-01-03": "维修电工 高压电工 物业电工（上二休二） 工厂值班电工",
    "6-31-01-02": "机修工 设备维修钳工",
    "6-20-01-01": "装配钳工 机械装配工",
    "6-18-01-01": "数控车床操作工 普车师傅",
    "6-18-01-07": "CNC操作员 加工中心技工",
    "6-18-01-12": "冲床工 折弯工 五金冲压工",
    "6-18-03-03": "喷漆工 汽车喷漆师傅 静电喷粉工",
    "6-14-02-00": "注塑工 注塑机操作工",
    "6-05-01-03": "平车工 缝纫工 制衣厂招车位工 针车工（计件）",
    "6-05-01-02": "裁床工",
    "6-05-04-01": "鞋厂普工",
    "6-25-04-07": "电子厂普工 SMT操作员 电子厂插件工",
    "6-31-05-00": "包装工 食品包装普工 打包员",
    "6-31-03-05": "质检员 QC品检员 IPQC",
    "6-29-01-01": "泥瓦工 砌墙师傅砌筑工",
    "6-29-01-03": "混凝土工 铝模工",
    "6-29-01-04": "钢筋工 扎筋工",
    "6-29-01-05": "架子工 外架工（工地直招）",
    "6-29-04-01": "贴砖工 刮腻子师傅",
    "6-29-03-04": "水电安装工",
    "6-29-03-03": "电梯维保工",
    "6-02-06-03": "白酒酿造工 制曲工",
    "6-02-06-10": "炒茶工",
    "6-09-02-02": "吉他装配工",
    "6-06-04-00": "沙发扪工",
    "4-07-05-01": "保安 小区门卫 秩序维护员（夜班） 保安队长",
    "4-07-05-03": "消防中控员 消控室值班员",
    "4-09-08-01": "保洁阿姨 环卫工 写字楼保洁员",
    "4-10-01-06": "月嫂 住家保姆 家政阿姨 钟点工",
    "4-10-01-05": "养老护理员 养老院护理员",
    "4-14-01-02": "医院护工 医院陪护",
    "4-10-01-03": "幼儿园保育员",
    "4-02-07-08": "快递员 快递收派员",
    "4-02-07-09": "快递分拣员",
    "4-10-08-01": "外卖骑手 送餐员 同城配送员",
    "4-02-02-01": "网约车司机 公交车驾驶员公交司机 商务司机",
    "4-02-02-02": "货车司机 A2半挂车司机 危险品司机",
    "4-02-05-01": "搬运工 装卸工（日结） 码垛工 跟车员",
    "4-02-06-01": "仓库管理员 仓管员 库管",
    "4-02-06-02": "理货员 仓库拣货员",
    "4-03-02-05": "餐厅服务员 传菜员 洗碗工",
    "4-03-02-01": "厨师 炒锅师傅 食堂帮厨 切配",
    "4-03-02-02": "面点师 包子师傅",
    "4-03-01-02": "客房服务员 酒店楼层服务员",
    "4-03-02-10": "奶茶店员",
    "4-01-02-03": "超市营业员 服装导购",
    "4-01-02-04": "收银员",
    "4-10-03-01": "美容师学徒",
    "4-10-03-02": "发型师 洗头工",
    "4-10-04-02": "足疗技师 按摩师",
    "4-12-01-01": "汽车维修工 洗车工",
    "4-09-10-01": "绿化养护工",
    "5-03-02-01": "养猪场饲养员",
    "5-01-02-02": "茶园工 摘果工 蔬菜大棚工",
    "6-05-01-04": "大烫师傅 剪线工",
    "6-16-01-10": "瓦检员",
    "6-16-01-15": "洗煤厂普工 选煤工",
    "6-25-01-13": "线路板曝光显影员 压膜工",
    "6-29-02-03": "沥青摊铺机手",
    "6-29-04-02": "幕墙安装工",
    "6-23-04-02": "自行车厂普工",
    "6-03-01-02": "烟叶分级工",
    "5-03-03-01": "养蜂员",
}
OFFICES = {
    "4-01-02-01": "销售代表 电话销售（无责底薪） 大客户经理 区域销售经理 课程顾问",
    "4-07-02-03": "淘宝客服 售后客服专员 在线客服（双休） 客服主管",
    "4-04-05-03": "电话客服 400热线客服",
    "3-01-01-01": "销售助理 行政前台 办公室文员 销售内勤",
    "3-01-02-02": "总经理助理",
    "2-06-03-00": "会计 财务主管 出纳（双休） 应收会计",
    "2-06-04-00": "审计助理",
    "2-02-10-03": "Java开发工程师 高级C++工程师 前端工程师",
    "4-04-05-02": "软件测试工程师",
    "2-02-10-08": "IT运维工程师 桌面运维",
    "2-02-38-03": "大数据开发工程师",
    "2-02-30-09": "数据分析师 BI工程师",
    "2-02-34-01": "产品经理",
    "2-02-30-04": "项目经理",
    "4-13-01-05": "新媒体运营 抖音运营专员",
    "4-01-06-01": "电商运营 跨境电商专员",
    "4-01-06-02": "带货主播",
    "2-06-08-01": "人事专员 HRBP",
    "4-07-03-08": "招聘专员",
    "4-01-01-00": "采购员",
    "2-08-02-04": "小学语文老师",
    "2-08-02-01": "高中数学教师",
    "2-08-03-00": "幼儿园主班老师",
    "2-06-07-07": "医药代表",
    "4-06-02-01": "房产经纪人 置业顾问",
    "2-07-09-00": "法务专员",
}


def occupation_rows() -> list[dict[str, str]]:
    with gzip.open(
        str(files("zhitong.site.data") / "occupations_cn_2022.csv.gz"), "rt", encoding="utf-8"
    ) as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def params() -> Params:
    return Params(read_occupations(occupation_rows()), spoken_words())


@pytest.fixture(scope="module")
def coder(params: Params) -> Coder:
    return Coder(params)


def test_it_works(coder: Coder) -> None:
    coding = coder.code("急招电焊工（包吃住）")
    assert coding.code == "6-18-02-04"
    assert coding.middle == "6-18"
    assert coding.decided_by == "电焊工"
    assert coding.confidence > 0.9
    assert coding.reason == ""


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (code, title)
        for table in (TRADES, OFFICES)
        for code, titles in table.items()
        for title in titles.split()
    ],
)
def test_a_plain_title_finds_its_occupation(coder: Coder, code: str, title: str) -> None:
    assert coder.code(title).code == code


def test_every_official_name_finds_itself(coder: Coder, params: Params) -> None:
    missed = [o.name for o in params.occupations if coder.code(o.name).code != o.code]
    assert missed == []


@pytest.mark.parametrize(
    "title", ["普工", "诚聘操作工", "储备干部", "技术员", "学徒工", "经理", "工程师", "万能工"]
)
def test_a_vague_title_gets_no_code(coder: Coder, title: str) -> None:
    coding = coder.code(title)
    assert coding.code is None
    assert coding.reason == "title_too_vague"
    assert coding.confidence == 0.0


@pytest.mark.parametrize("title", ["", "  ", "12345", "！！！", "（）", "\u200b\u202e"])
def test_a_title_without_words_is_empty(coder: Coder, title: str) -> None:
    assert coder.code(title).reason == "title_empty"


def test_a_title_of_unknown_words_is_unknown(coder: Coder) -> None:
    assert coder.code("呜呼噫嘻").reason == "title_unknown"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我们是电子厂，坐班，车间有空调", "6-25-04-07"),
        ("服装加工，会踩平车的来", "6-05-01-03"),
        ("白酒生产，酒厂长期招人", "6-02-06-03"),
        ("工作内容面谈", None),
    ],
)
def test_the_text_settles_a_vague_title(coder: Coder, text: str, code: str | None) -> None:
    assert coder.code("普工", text).code == code


def test_the_text_is_not_asked_where_the_title_is_plain(coder: Coder) -> None:
    assert coder.code("电焊工", "电子厂插件，服装平车，白酒").code == "6-18-02-04"


def test_the_head_of_the_title_decides(coder: Coder) -> None:
    assert coder.code("大数据讲师").code == "4-07-03-05"
    assert coder.code("物流公司客服").code == "4-07-02-03"
    assert coder.code("软件销售").code == "4-01-02-01"


def test_the_first_of_several_posts_decides_and_the_next_runs_up(coder: Coder) -> None:
    coding = coder.code("保洁员/保安")
    assert (coding.code, coding.runner_up) == ("4-09-08-01", "4-07-05-01")
    assert coding.confidence < coder.code("保洁员").confidence


def test_a_word_inside_a_vague_word_decides_nothing(coder: Coder) -> None:
    assert coder.code("挡车工").code != "6-18-01-01"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("评茶员", "6-02-06-11"),
        ("船舶机械装配", "6-23-02-02"),
        ("微生物检验员", "6-31-03-03"),
        ("桥架工", "6-29-03-02"),
        ("封边操作工", "6-06-03-02"),
    ],
)
def test_a_name_is_known_with_another_ending(coder: Coder, title: str, code: str) -> None:
    assert coder.code(title).code == code


def test_an_ending_makes_no_trade_of_a_profession(coder: Coder) -> None:
    assert coder.code("电气工").confidence < coder.code("电气设计").confidence


def test_what_two_occupations_could_be_called_is_no_name_of_either() -> None:
    made = spoken_names(
        [Occupation("1", "甲乙丙工"), Occupation("2", "甲乙丙师"), Occupation("3", "子丑寅师")]
    )
    assert made == {"子丑寅": ("3", WEAK), "子丑寅工": ("3", 1.0), "子丑寅员": ("3", 1.0)}


def test_a_latin_word_is_not_found_inside_another(coder: Coder) -> None:
    assert coder.code("editor").code != "2-02-10-08"


def test_a_profession_doubts_the_word_beside_it(coder: Coder) -> None:
    assert coder.code("电梯工程师").confidence < coder.code("电梯维保工").confidence


def test_invisible_characters_and_full_width_change_nothing(coder: Coder) -> None:
    assert coder.code("电\u200b焊\u00ad工").code == "6-18-02-04"
    assert coder.code("ＣＮＣ操作员").code == "6-18-01-07"


def test_likeness_answers_below_known_words(coder: Coder) -> None:
    coding = coder.code("古琴斫制匠师")
    assert coding.code is None or coding.confidence < 0.6


def test_our_words_name_only_codes_of_the_table(params: Params) -> None:
    known = {occupation.code for occupation in params.occupations}
    assert {code for code, _ in spoken_words().values()} <= known
    assert {code for _, cases in IN_CONTEXT for _, code in cases} <= known


def test_no_word_is_both_plain_and_vague() -> None:
    assert VAGUE.isdisjoint(spoken_words())


def test_words_for_unknown_codes_are_refused() -> None:
    with pytest.raises(ValueError, match="9-99-99-99"):
        Params((Occupation("6-18-02-04", "焊工"),), {"飞人": ("9-99-99-99", 1.0)})


def test_a_table_without_occupations_is_refused() -> None:
    with pytest.raises(ValueError, match="level 4"):
        read_occupations([{"code": "6", "level": "1", "name": "生产制造"}])


def test_texts_must_match_titles() -> None:
    with pytest.raises(ValueError, match="2 titles but 1 texts"):
        Problem(("电工", "焊工"), ("",))


@pytest.mark.slow
def test_the_plan_keeps_its_rules_and_repeats_itself(params: Params) -> None:
    titles = tuple(title for titles in (*TRADES.values(), *OFFICES.values()) for title in titles.split())
    problem = Problem((*titles, "普工", "", "呜呼"))
    plan = solve(problem, params)
    assert plan.broken_rules(problem, params) == []
    assert solve(problem, params, seed=7) == plan


@pytest.mark.parametrize(
    ("coding", "fault"),
    [
        (Coding("6-18-02-04", 1.2, middle="6-18"), "confidence"),
        (Coding("0-00-00-00", 0.5, middle="0-00"), "not in the table"),
        (Coding("6-18-02-04", 0.5, "6-18-02-04", "6-18"), "runner-up"),
        (Coding(None, 0.0), "needs a reason"),
        (Coding("6-18-02-04", 0.5, middle="4-01"), "middle group"),
    ],
)
def test_the_checker_sees_a_broken_plan(params: Params, coding: Coding, fault: str) -> None:
    faults = Plan((coding,)).broken_rules(Problem(("焊工",)), params)
    assert any(fault in each for each in faults)


def test_the_checker_counts(params: Params) -> None:
    assert Plan(()).broken_rules(Problem(("焊工",)), params) == ["1 titles but 0 codings"]


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(title=st.text(max_size=400), text=st.text(max_size=400))
def test_any_text_gets_a_lawful_answer(coder: Coder, params: Params, title: str, text: str) -> None:
    plan = Plan((coder.code(title, text),))
    assert plan.broken_rules(Problem((title,)), params) == []


_PIECES = st.sampled_from(
    [
        "焊工",
        "普工",
        "销售",
        "（",
        "）",
        "/",
        "经理",
        "C++",
        "5-8K",
        "双休",
        "工程师",
        "老师",
        "机",
        "电",
        "-",
        " ",
        "It",
    ]
)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(title=st.lists(_PIECES, max_size=12).map("".join))
def test_any_jumble_of_trade_words_gets_a_lawful_answer(coder: Coder, params: Params, title: str) -> None:
    assert Plan((coder.code(title),)).broken_rules(Problem((title,)), params) == []
