"""Conditions of a post that the law forbids, found in its text; and conditions that someone should ask about.

Sources, as in force in 2026:

- sex: 《劳动法》第十三条, 《就业促进法》第二十七条, 《妇女权益保障法》（2022修订）第四十三条
- marriage and children: 《妇女权益保障法》第四十三条, 《就业促进法》第二十七条
- ethnicity, religion: 《劳动法》第十二条, 《就业促进法》第三条、第二十八条
- disability: 《就业促进法》第二十九条
- carriers of an infectious disease: 《就业促进法》第三十条, 《就业服务与就业管理规定》第十九条
- rural household: 《就业促进法》第三十一条
- region and household register: 《就业促进法》第三条、第二十六条, 《人力资源市场暂行条例》 (户籍、地域、身份),
  最高人民法院指导性案例185号
- under sixteen: 《劳动法》第十五条, 《禁止使用童工规定》第二条

No statute names age as a ground, so an age limit is a question, not a finding of unlawfulness.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from zhitong.employers.adverts.refused import gettext_noop

CONDITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sex_men": gettext_noop(
            "“%(matched)s”限定或优先男性。依《劳动法》第十三条、《就业促进法》第二十七条、"
            "《妇女权益保障法》第四十三条，除国家规定不适合妇女的工种或岗位外，不得以性别为由拒绝录用。请删去。"
        ),
        "sex_women": gettext_noop(
            "“%(matched)s”限定或优先女性。依《劳动法》第十二条、《就业促进法》第三条，"
            "劳动者就业不因性别不同而受歧视。请删去。"
        ),
        "marriage_or_children": gettext_noop(
            "“%(matched)s”把婚姻或生育状况作为条件。依《妇女权益保障法》第四十三条、"
            "《就业促进法》第二十七条，不得这样要求。请删去。"
        ),
        "ethnicity": gettext_noop(
            "“%(matched)s”按民族区别对待。依《劳动法》第十二条、《就业促进法》第二十八条，"
            "各民族劳动者享有平等的劳动权利。请删去。"
        ),
        "religion": gettext_noop(
            "“%(matched)s”按宗教信仰区别对待。依《劳动法》第十二条、《就业促进法》第三条，"
            "劳动者就业不因宗教信仰不同而受歧视。请删去。"
        ),
        "disability": gettext_noop(
            "“%(matched)s”排除残疾人。依《就业促进法》第二十九条，用人单位招用人员不得歧视残疾人。请删去。"
        ),
        "disease": gettext_noop(
            "“%(matched)s”排除传染病病原携带者。依《就业促进法》第三十条，除法律、行政法规和国务院卫生行政部门"
            "规定禁止从事的工作外，不得以是传染病病原携带者为由拒绝录用，也不得要求检查乙肝项目。请删去。"
        ),
        "rural_household": gettext_noop(
            "“%(matched)s”对农村劳动者设置限制。依《就业促进法》第三十一条，"
            "农村劳动者进城就业享有与城镇劳动者平等的劳动权利。请删去。"
        ),
        "region": gettext_noop(
            "“%(matched)s”按户籍或地域区别对待。依《就业促进法》第三条、第二十六条和最高人民法院指导性案例185号，"
            "与工作内在要求无关的地域限制构成就业歧视。请删去。"
        ),
        "under_sixteen": gettext_noop(
            "“%(matched)s”招用未满十六周岁的人。依《劳动法》第十五条、《禁止使用童工规定》，禁止招用。请改正。"
        ),
        "age_limit": gettext_noop(
            "“%(matched)s”限制了年龄。请问法律对这个岗位有年龄规定吗？如果没有，建议删去。"
        ),
        "health_history": gettext_noop(
            "“%(matched)s”涉及健康状况。请问法律禁止传染病病原携带者从事这个岗位吗？如果没有禁止，请删去。"
        ),
    }
)
QUESTIONS: Final = frozenset({"age_limit", "health_history"})
"""Codes that are asked about, and do not refuse a post by themselves."""

WOMEN_BARRED: Final = "women_barred"
CARRIERS_BARRED: Final = "carriers_barred"
AGE_SET_BY_LAW: Final = "age_set_by_law"
EXCEPTIONS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        WOMEN_BARRED: frozenset({"sex_men"}),
        CARRIERS_BARRED: frozenset({"disease", "health_history"}),
        AGE_SET_BY_LAW: frozenset({"age_limit"}),
    }
)
"""What the law bars from a post, and the codes that it makes lawful there.

`women_barred`: work that the State declares unfit for women (《女职工劳动保护特别规定》附录: mines, heavy labour).
`carriers_barred`: work that carriers may not do. `age_set_by_law`: an age laid down by law, such as eighteen where
minors are barred. Nothing makes lawful what the law forbids without exception.
"""
