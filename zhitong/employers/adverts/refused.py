"""What could not be read: a code for programs, and the Chinese sentence for people.

The sentences are plain strings, marked with `gettext_noop` so that they reach the translation catalogues; who shows
them translates the template first and fills in the values afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from zhitong.employers.adverts.plain import cut


def gettext_noop(sentence: str) -> str:
    """The sentence itself; the name is what the catalogue's extractor looks for."""
    return sentence


SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title_missing": gettext_noop("没有写岗位名称。"),
        "title_empty": gettext_noop("岗位名称“%(value)s”里没有文字。"),
        "title_too_vague": gettext_noop("岗位名称“%(value)s”太笼统，请写明具体工种，例如“电焊工”“缝纫工”。"),
        "title_unknown": gettext_noop("没有认出岗位名称“%(value)s”是什么职业，请选择一个职业。"),
        "title_unsure": gettext_noop("岗位名称“%(value)s”属于什么职业把握不大，请确认职业。"),
        "salary_missing": gettext_noop("没有写工资。请写明每月多少元，例如“5000-7000元/月”。"),
        "salary_unreadable": gettext_noop(
            "没有看懂工资“%(value)s”。请写明每月多少元，例如“5000-7000元/月”。"
        ),
        "salary_reversed": gettext_noop("工资“%(value)s”的上限比下限还低，请核对。"),
        "salary_too_low": gettext_noop("工资“%(value)s”折合每月不到%(limit)s元，请核对数额和单位。"),
        "salary_too_high": gettext_noop("工资“%(value)s”折合每月超过%(limit)s元，请核对数额和单位。"),
        "salary_months_strange": gettext_noop("工资“%(value)s”写的一年薪数不在12到24之间，请核对。"),
        "salary_negotiable": gettext_noop(
            "工资写的是“%(value)s”。请写明每月最低多少元，劳动者才能据此选择。"
        ),
        "salary_by_piece": gettext_noop("工资“%(value)s”只写了计件单价，请同时写明每月最低多少元。"),
        "salary_without_floor": gettext_noop("工资“%(value)s”只写了上限，请同时写明每月最低多少元。"),
        "headcount_missing": gettext_noop("没有写招聘人数。"),
        "headcount_unreadable": gettext_noop("没有看懂招聘人数“%(value)s”，请填写数字。"),
        "headcount_zero": gettext_noop("招聘人数写的是0，请核对。"),
        "headcount_too_many": gettext_noop("招聘人数“%(value)s”超过%(limit)s人，请核对。"),
        "headcount_reversed": gettext_noop("招聘人数“%(value)s”的上限比下限还少，请核对。"),
        "education_missing": gettext_noop("没有写文化程度要求。"),
        "education_unreadable": gettext_noop("没有看懂文化程度“%(value)s”。"),
        "experience_missing": gettext_noop("没有写工作经验要求。"),
        "experience_unreadable": gettext_noop("没有看懂工作经验“%(value)s”。"),
        "experience_reversed": gettext_noop("工作经验“%(value)s”的上限比下限还少，请核对。"),
        "experience_too_long": gettext_noop("工作经验“%(value)s”超过%(limit)s年，请核对。"),
        "place_missing": gettext_noop("没有写工作地点。"),
        "place_remote": gettext_noop("工作地点写的是“%(value)s”，没有具体城市。"),
        "place_abroad": gettext_noop("工作地点“%(value)s”在境外，不在本平台办理范围。"),
        "place_nationwide": gettext_noop("工作地点写的是“%(value)s”，请写明具体城市。"),
        "place_only_province": gettext_noop("工作地点“%(value)s”只写到省，请写明城市。"),
        "place_ambiguous": gettext_noop("工作地点“%(value)s”不止一处（%(candidates)s），请写明城市。"),
        "place_contradictory": gettext_noop("工作地点“%(value)s”的省和市对不上，请核对。"),
        "place_unknown": gettext_noop("没有认出工作地点“%(value)s”，请写明城市。"),
        "published_unreadable": gettext_noop("没有看懂发布日期“%(value)s”。"),
        "row_malformed": gettext_noop("这一行缺少“%(value)s”列，无法读取。"),
        # what was supposed where the advertisement leaves it open
        "month_as_stated": gettext_noop("按月工资，未折算。"),
        "month_supposed": gettext_noop("没有写计薪周期，按月工资理解。"),
        "year_by_months": gettext_noop("年薪按一年发放的月数平均到每月。"),
        "week_4_35": gettext_noop("周薪按每月4.35周折算（月计薪天数21.75天÷5天）。"),
        "day_21_75": gettext_noop("日薪按月计薪天数21.75天折算。"),
        "hour_174": gettext_noop("小时工资按每月174小时折算（月计薪天数21.75天×8小时）。"),
        "no_month_figure": gettext_noop("没有可以折算成月工资的数额。"),
        "seats_supposed_one": gettext_noop("没有写清人数，按1人登记。"),
        "title_was_cut": gettext_noop("岗位名称过长，只保留前80个字。"),
        "place_by_city_column": gettext_noop("工作地点按城市一列认定。"),
        "columns_were_shifted": gettext_noop("“%(value)s”填错了列，已按内容归位。"),
    }
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that was not read: `code` of `SENTENCES`, and the values that its sentence takes.

    Not an error: unreadable input is an ordinary answer, and the caller decides whether it matters.
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The Chinese sentence with its values."""
        return SENTENCES[self.code] % self.values


def refuse(code: str, value: str = "", **values: str) -> Refused:
    """A `Refused` with the text at fault, cut to what a sentence can hold."""
    return Refused(code, {"value": cut(value.strip()), **values})
