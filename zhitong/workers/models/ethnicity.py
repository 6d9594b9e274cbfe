"""Which ethnic group a person says he belongs to: held by his separate consent, read by himself and for counting."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.privacy import SealedField

from .belongings import OfWorker
from .person import Source, Worker


class EthnicGroup(models.TextChoices):
    """The ethnic groups of China by their codes in GB/T 3304-1991; 97 and 98 as residents' registers add them."""

    HAN = "01", _("汉族")
    MONGOL = "02", _("蒙古族")
    HUI = "03", _("回族")
    ZANG = "04", _("藏族")
    UYGUR = "05", _("维吾尔族")
    MIAO = "06", _("苗族")
    YI = "07", _("彝族")
    ZHUANG = "08", _("壮族")
    BUYEI = "09", _("布依族")
    CHOSEN = "10", _("朝鲜族")
    MAN = "11", _("满族")
    DONG = "12", _("侗族")
    YAO = "13", _("瑶族")
    BAI = "14", _("白族")
    TUJIA = "15", _("土家族")
    HANI = "16", _("哈尼族")
    KAZAK = "17", _("哈萨克族")
    DAI = "18", _("傣族")
    LI = "19", _("黎族")
    LISU = "20", _("傈僳族")
    VA = "21", _("佤族")
    SHE = "22", _("畲族")
    GAOSHAN = "23", _("高山族")
    LAHU = "24", _("拉祜族")
    SUI = "25", _("水族")
    DONGXIANG = "26", _("东乡族")
    NAXI = "27", _("纳西族")
    JINGPO = "28", _("景颇族")
    KIRGIZ = "29", _("柯尔克孜族")
    TU = "30", _("土族")
    DAUR = "31", _("达斡尔族")
    MULAO = "32", _("仫佬族")
    QIANG = "33", _("羌族")
    BLANG = "34", _("布朗族")
    SALAR = "35", _("撒拉族")
    MAONAN = "36", _("毛南族")
    GELAO = "37", _("仡佬族")
    XIBE = "38", _("锡伯族")
    ACHANG = "39", _("阿昌族")
    PUMI = "40", _("普米族")
    TAJIK = "41", _("塔吉克族")
    NU = "42", _("怒族")
    UZBEK = "43", _("乌孜别克族")
    RUSSIAN = "44", _("俄罗斯族")
    EWENKI = "45", _("鄂温克族")
    DEANG = "46", _("德昂族")
    BONAN = "47", _("保安族")
    YUGUR = "48", _("裕固族")
    GIN = "49", _("京族")
    TATAR = "50", _("塔塔尔族")
    DERUNG = "51", _("独龙族")
    OROQEN = "52", _("鄂伦春族")
    HEZHEN = "53", _("赫哲族")
    MONBA = "54", _("门巴族")
    LHOBA = "55", _("珞巴族")
    JINO = "56", _("基诺族")
    OTHER = "97", _("其他未识别的民族")
    NATURALISED = "98", _("外国血统中国籍人士")


class StatedEthnicity(OfWorker):
    """What a person says of his ethnic group: sensitive, sealed, and his alone to read.

    It is there only as long as his consent to that stands, so that it can be counted after a round how groups fared.
    No office reads the row of a single person: it has no place, so that no grant of an organisation reaches it.
    """

    worker = models.OneToOneField(Worker, models.CASCADE, related_name="stated_ethnicity")
    code = SealedField("ethnicity", choices=EthnicGroup, verbose_name=_("民族"))
    source = models.CharField(_("登记方式"), max_length=10, choices=Source)
    stated_on: Any = models.DateField(_("登记日期"), default=timezone.localdate)

    class Meta:
        verbose_name = _("本人说明的民族")
        verbose_name_plural = _("本人说明的民族")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(source__in=("list", "employer")), name="ethnicity_is_ones_own_word"
            )
        ]

    class Privacy:
        open = ("id", "worker")
        personal = ("source", "stated_on")
        sensitive = ("code",)

    class Reach:
        own = "worker__account"

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def group(self) -> EthnicGroup:
        """The ethnic group, in clear."""
        return EthnicGroup(self.code.open())
