"""Made-up names that sound like northern Guizhou, a few of them hard for software.

Surnames and characters are common knowledge, set down for this demo. Rare characters (some outside the
basic plane), double surnames and names with a middle dot occur on purpose: a register that loses them is no
register.
"""

import numpy as np
from numpy.typing import NDArray

from zhitong.site.demo.assumptions import HARD_NAMES
from zhitong.site.demo.sampling import draw, draw_by_row

_COMMON = (
    "王92 李86 张80 杨70 陈66 刘62 罗46 周40 吴38 黄34 赵34 何28 冯22 唐20 胡18 徐16 郑16 谢16 袁15 雷14 "
    "曾14 余14 令狐6 娄8 梁12 彭12 邓12 蒋12 宋12 任10 邹10 程10 韩9 骆8 赖8 敖5 蹇3 犹3 幸2 佘3 "
    "喻4 晏3 母3 禹2 龚6 简4 肖9 游5 穆3 付9 廖6 夏6 江5 石6 万5 明3 勾1 覃2 冉3 田5 申4 黎3 "
    "苟1 鄢1 雍1 詹2 艾1 郎1"
)
_GELAO_MIAO_TUJIA = (
    "申60 田58 冉46 张40 王38 杨34 邹26 覃24 陈24 李24 罗20 黎18 韩16 郑14 付16 向12 彭12 徐12 吴12 周10 "
    "勾10 骆10 余8 刘14 冯8 游6 雷6 安6 文6 龙8 石8 麻4 隆3 仇2 简4 苟3 卜2 肖6 聂4"
)
_MALE = (
    "国建明华文正光兴德永成志忠贵荣洪福林江海波军平生云松发祥昌仕朝廷登开世",
    "勇伟强刚军涛峰波斌超亮鹏飞杰俊辉磊凯健毅洪明江林洋海龙云松宇志建文学永国小",
    "浩宇轩杰俊豪睿鑫航博文涛鹏旭阳晨昊天翔宏毅林佳子嘉家梓铭泽楠森磊",
)
_FEMALE = (
    "秀英珍芬芳琴兰先群会素华玉桂淑仕碧平菊香翠莲凤霞梅琼书容元明光正德",
    "丽敏燕霞芳玲静艳红梅娟婷琴芬英华群雪莉小海春晓飞会丹萍青云利永",
    "欣怡婷雨佳雪梦琪思静颖倩蕾璐雅诗涵悦嘉梓瑶晨露洁慧文子芷馨",
)
_RARE = "𠅤䶮𫖮𬱖旻垚赟喆堃昶翀玥珺彧燚淼犇祎㛃𬭎"
_DOTTED_SURNAMES = ("吉克", "阿西", "沙马", "吉木", "俄木", "热合曼", "艾力", "扎西")
_DOTTED_GIVEN = ("木呷", "阿牛", "伍果", "尔古", "古丽", "买买提", "卓玛", "次仁")


def _weighted(text: str) -> dict[str, float]:
    return {part.rstrip("0123456789"): float(part.lstrip(part.rstrip("0123456789"))) for part in text.split()}


_PROFILES = (_weighted(_COMMON), _weighted(_GELAO_MIAO_TUJIA))
SURNAMES = tuple(dict.fromkeys([*_PROFILES[0], *_PROFILES[1]]))
CHARACTERS = tuple(dict.fromkeys("".join([*_MALE, *_FEMALE, _RARE])))
DOTTED = tuple(f"{first}·{second}" for first in _DOTTED_SURNAMES for second in _DOTTED_GIVEN)

Small = NDArray[np.int16]


def draw_surnames(rng: np.random.Generator, profile: NDArray[np.integer]) -> Small:
    """Return positions in SURNAMES; `profile` is 0 for most counties, 1 for the two autonomous ones."""
    table = np.array([[weights.get(name, 0.0) for name in SURNAMES] for weights in _PROFILES])
    return draw_by_row(rng, table, profile).astype(np.int16)


def draw_given(
    rng: np.random.Generator, female: NDArray[np.bool_], born: NDArray[np.integer]
) -> tuple[Small, Small]:
    """Return positions in CHARACTERS of the first and second character, by sex and year of birth; second -1: none."""
    style = np.digitize(born, (1975, 1993)) + 3 * female
    table = np.array([[float(c in characters) for c in CHARACTERS] for characters in (*_MALE, *_FEMALE)])
    first = draw_by_row(rng, table, style).astype(np.int16)
    second = draw_by_row(rng, table, style).astype(np.int16)
    rare = np.flatnonzero(rng.random(len(style)) < HARD_NAMES["rare_character"])
    second[rare] = [CHARACTERS.index(_RARE[i]) for i in draw(rng, np.ones(len(_RARE)), len(rare))]
    second[rng.random(len(style)) < HARD_NAMES["one_character"]] = -1
    return first, second


def draw_dotted(rng: np.random.Generator, count: int) -> Small:
    """Return positions in DOTTED for the few whose whole name is one with a middle dot, -1 for the others."""
    whole = rng.integers(0, len(DOTTED), count).astype(np.int16)
    whole[rng.random(count) >= HARD_NAMES["middle_dot"]] = -1
    return whole


def spell(surname: Small, first: Small, second: Small, dotted: Small) -> list[str]:
    """Return the names as text."""
    characters = (*CHARACTERS, "")
    return [
        DOTTED[whole] if whole >= 0 else SURNAMES[family] + characters[one] + characters[two]
        for family, one, two, whole in zip(
            surname.tolist(), first.tolist(), second.tolist(), dotted.tolist(), strict=True
        )
    ]
