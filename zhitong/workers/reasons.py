"""Coded reasons: why someone leaves the register, looks at a sealed number, or frees a telephone."""

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
