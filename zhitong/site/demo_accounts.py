"""One sample account for each role of the demo city, so that a visitor can look at it through everyone's eyes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import give_role, open_account
from zhitong.kernel.models import Account, Org
from zhitong.kernel.roles import roles
from zhitong.site.world import PASSWORD
from zhitong.workers.models import Worker


@dataclass(frozen=True)
class SampleAccount:
    """Who it is, and at which organisation: the first of this kind, below this place where one is named."""

    username: str
    name: str
    role: str
    kind: str
    below: str = ""
    account_kind: str = "staff"


HOME_COUNTY = "正安县人力资源和社会保障局"
"""The county of the sample officers: the one with stations of its own."""
ACCOUNTS = (
    SampleAccount("city", "样例·市经办", "city_officer", "city_bureau"),
    SampleAccount("county", "样例·县经办", "county_officer", "county_bureau", HOME_COUNTY),
    SampleAccount("town", "样例·镇经办", "township_officer", "township_office", HOME_COUNTY),
    SampleAccount("village", "样例·村劳务员", "village_officer", "village", HOME_COUNTY),
    SampleAccount("station", "样例·站工作人员", "station_staff", "station", HOME_COUNTY),
    SampleAccount("department", "样例·部门联络员", "department_clerk", "department"),
    SampleAccount("employer", "样例·企业经办", "employer_clerk", "employer", "", "employer"),
    SampleAccount("auditor", "样例·审计", "auditor", "city_bureau"),
    SampleAccount("admin", "样例·管理员", "administrator", "city_bureau"),
)
OF_OFFICES = ("city", "county", "department", "auditor", "admin")
"""Whose place is known from the start; the others work where most is to be done."""


def home_county() -> Org:
    """Return the bureau of the sample officers' county."""
    return Org.objects.get(kind=Org.Kind.COUNTY_BUREAU, name=HOME_COUNTY)


def account_of(username: str) -> Account:
    """Return a sample account by its user name."""
    return Account.objects.get(username=username)


def place_of(one: SampleAccount) -> Org | None:
    """Return the first organisation at which a sample account could work."""
    orgs = Org.objects.standing().filter(kind=one.kind)
    if one.below and one.kind != Org.Kind.COUNTY_BUREAU:
        orgs = orgs.filter(county__name=one.below)
    elif one.below:
        orgs = orgs.filter(name=one.below)
    return orgs.order_by("pk").first()


def open_accounts(system: Account) -> int:
    """Open the sample accounts of offices that are not there yet, and return how many."""
    return sum(open_sample(system, username) is not None for username in OF_OFFICES)


def open_sample(system: Account, username: str, org: Org | None = None) -> Account | None:
    """Open a sample account at an organisation (by default the first that fits) and grant it its role.

    Returns ``None`` when it is there already or nothing fits.
    """
    one = next(one for one in ACCOUNTS if one.username == username)
    org = org or place_of(one)
    if org is None or Account.objects.filter(username=username).exists():
        return None
    account = open_account(
        by=system, org=org, kind=one.account_kind, username=username, name=one.name, password=PASSWORD
    )
    give_role(by=system, account=account, role=one.role, org=org)
    return account


def describe() -> str:
    """Return the lines that are printed at the start: user name, role, organisation; and the worker's telephone."""
    lines = [str(_("样例账号（密码均为 %(password)s）：")) % {"password": PASSWORD}]
    held = {one.username: one for one in ACCOUNTS}
    for account in Account.objects.filter(username__in=held).prefetch_related("grants__org").order_by("pk"):
        title = roles()[held[account.username].role].title
        lines.append(f"  {account.username:<11} {title} · {account.grants.all()[0].org}")
    number = sample_telephone()
    if number:
        lines.append(str(_("  劳动者用手机号 %(number)s 登录，验证码显示在本窗口")) % {"number": number})
    return "\n".join(lines)


def sample_telephone() -> str:
    """Return the telephone with which the sample worker signs in, or nothing where there is none."""
    worker = Worker.objects.filter(account__isnull=False, is_sample=True).order_by("account").first()
    held = None if worker is None or worker.account is None else worker.account.telephone
    return "" if held is None else held.open()
