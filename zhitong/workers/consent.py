"""The texts to which people agree before their data are kept. A text, once in use, is never changed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

CURRENT = "2026-01"
"""The version that is read to people today."""

NEEDED = ("register", "sensitive")
"""Without these nobody is kept on the register: it rests on the identity number, which needs its own consent."""

AT_REGISTRATION = (*NEEDED, "share")
"""What is asked when somebody comes onto the register; to the rest people agree on the page where it is stated."""

TEXTS: dict[str, dict[str, Any]] = {
    "2026-01": {
        "register": _(
            "我同意人力资源社会保障部门和经办的劳务机构为登记求职意愿、推荐岗位、组织外出务工和保障权益，"
            "保存和使用我的姓名、手机号、家庭成员关系、技能、证书、就业状态和求职意向。"
            "我可以随时查看、更正自己的资料，查看谁看过，也可以随时撤回同意并退出登记。"
        ),
        "sensitive": _(
            "我单独同意保存和使用我的身份证号以及脱贫、搬迁等身份认定。身份证号用来确认是我本人、避免重复登记，"
            "加密保存，平时只显示末四位；谁看过完整号码、为什么看，我都能查到。"
        ),
        "share": _(
            "我同意在推荐岗位时向有关用人单位提供我的姓名、性别、年龄、文化程度、技能、证书；"
            "我答应去之后，再提供手机号。不提供完整的身份证号。我可以随时撤回。"
        ),
        "ethnicity": _(
            "我单独同意加密保存我自愿说明的民族。只在每轮匹配算好以后按民族统计人数，核对对各民族的人是否一样；"
            "匹配、推荐岗位、用人单位和协作站都读不到，经办人也看不到我说了什么。不说明不影响任何服务。"
            "我可以随时撤回，撤回后立即删除。"
        ),
    }
}
