"""What must be true of an installation beside its rows."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand, Employer
from zhitong.kernel.integrity import invariant
from zhitong.kernel.models import CertificateKind, Industry, Occupation, Org, Region
from zhitong.site.secrets import home
from zhitong.workers.models import Worker


@invariant(_("密钥文件应当只有所有者能读"))
def secrets_are_their_owners() -> Iterator[str]:
    """Yield the file of secrets when others may read it."""
    path = home() / "secrets.env"
    if path.exists() and path.stat().st_mode & 0o077:
        yield str(path)


@invariant(_("基础数据应当齐全，请运行 zhitong run --prepare-only"))
def reference_data_stands() -> Iterator[str]:
    """Yield the code lists that are empty, and the tree of organisations when it has no city."""
    for model in (Region, Occupation, Industry, CertificateKind):
        if not model._base_manager.exists():
            yield str(model._meta.verbose_name)
    if not Org.objects.filter(kind=Org.Kind.CITY_BUREAU).exists():
        yield str(Org._meta.verbose_name)


@invariant(_("有样例数据的安装应当标明是样例，真实安装里不应当有样例数据"))
def samples_say_so() -> Iterator[str]:
    """Yield what is made up in an installation that does not say so on its pages."""
    if settings.SAMPLE_INSTALLATION:
        return
    for model in (Worker, Employer, Demand):
        if model._base_manager.filter(is_sample=True).exists():
            yield str(model._meta.verbose_name)
