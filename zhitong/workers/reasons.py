"""Coded reasons: why someone leaves the register, looks at a sealed number, frees a telephone, or is not deleted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LeaveReason(models.TextChoices):
    """Why a person leaves the register."""

    OWN_WISH = "own_wish", _("本人要求")
    MOVED_AWAY = "moved_away", _("户口迁出")
    DECEASED = "deceased", _("去世")
    DUPLICATE = "duplicate", _("重复登记")
    MISTAKE = "mistake", _("登记有误")
    CONSENT = "consent", _("撤回同意")


class LookReason(models.TextChoices):
    """Why somebody needs a sealed number in clear."""

    CONTACT = "contact", _("联系本人")
    VERIFY = "verify", _("核对身份")
    CONTRACT = "contract", _("办理劳动合同或社会保险")
    SUBSIDY = "subsidy", _("办理补贴或证明")
    RIGHTS = "rights", _("处理投诉和维权")
    AUDIT = "audit", _("检查和审计")


class ReleaseReason(models.TextChoices):
    """Why a telephone no longer opens a person's account."""

    RECYCLED = "recycled", _("号码已归别人使用")
    LOST = "lost", _("本人丢了手机或停用了号码")
    MISTAKEN = "mistaken", _("账号关联错了人")
    OWN_WISH = "own_wish", _("本人要求")


class KeepReason(models.TextChoices):
    """Why data are kept though their person asked that they be deleted."""

    IDENTITY = "identity", _("未能核实是本人申请")
    CASE = "case", _("投诉或纠纷还没有办结")
    PAYMENT = "payment", _("补贴或费用还在审核、支付或追溯期内")
    LAW = "law", _("法律法规规定的保存期限未满")


class AlikeReason(models.TextChoices):
    """What speaks for two entries being one person, or why a person has to decide."""

    NAME = "name", _("姓名一致、同音或只差一字")
    IDENTITY = "identity", _("身份证号或出生日期一致或只差一处")
    TELEPHONE = "telephone", _("手机号一致或只差一位")
    SEX = "sex", _("性别一致")
    PLACE = "place", _("同村或同乡镇")
    THROUGH = "through", _("通过另一份登记相连")
    TWO_NUMBERS = "two_numbers", _("各有一个有效身份证号")
    OTHER_NAME = "other_name", _("姓名不同，可能是双胞胎")
    NAME_ALONE = "name_alone", _("只有姓名和村相同")
    CLUSTER = "cluster", _("与之相连的登记不是同一人")
    LIST = "list", _("核对名单时决定")
    NAME_SAME = "name_same", _("姓名一致")
    NAME_SOUND = "name_sound", _("姓名同音不同字")
    NAME_ONE = "name_one", _("姓名只差一个字")
    NAME_LOST = "name_lost", _("姓名多一个字或少一个字")
    NUMBER_SLIP = "number_slip", _("身份证号只错一位或写颠倒了")
    NUMBER_CUT = "number_cut", _("身份证号前面几位一致，末尾缺失")
    BIRTH_SAME = "birth_same", _("出生日期一致")
    BIRTH_LUNAR = "birth_lunar", _("出生日期像是农历和公历之差")
    BIRTH_NEW_YEAR = "birth_new_year", _("出生年份一致，有一份只写到年")
    BIRTH_SLIP = "birth_slip", _("出生日期只差一位，或月日写颠倒了")
    TELEPHONE_SAME = "telephone_same", _("手机号一致")
    TELEPHONE_SLIP = "telephone_slip", _("手机号只差一位")
    VILLAGE_SAME = "village_same", _("同村")
    TOWN_SAME = "town_same", _("同乡镇")


class ApartReason(models.TextChoices):
    """How somebody knows that two entries are two people."""

    CARDS = "cards", _("看过两个人的证件")
    FAMILY = "family", _("是一家人，不是同一人")
    TWINS = "twins", _("双胞胎")
    NAMESAKES = "namesakes", _("同名的两个人")
    OFFICER = "officer", _("经办人认识两个人")


def said_reason(code: str) -> str:
    """Return a stored reason in words."""
    known = (one(code).label for one in (AlikeReason, ApartReason) if code in one.values)
    return str(next(known, code))
