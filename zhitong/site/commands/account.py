"""``zhitong account``: the first administrator of a new installation, or any account of staff."""

from __future__ import annotations

import argparse
import getpass
import os

from zhitong.site.console import say, set_up

NEEDS_DATABASE = True
EXAMPLE = """example:
  zhitong account keeper --name 张三                       an administrator at the city bureau; asks for a password
  zhitong account officer --name 李四 --role county_officer --org 正安县人力资源和社会保障局

Without a terminal the password is read from ZHITONG_PASSWORD.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("username")
    parser.add_argument("--name", required=True, help="the person's name")
    parser.add_argument("--role", default="administrator", help="role (default administrator)")
    parser.add_argument("--org", default="", help="organisation by its full name (default: the city bureau)")


def perform(wanted: argparse.Namespace) -> int:
    """Open the account and grant the role, both or neither; exit status 1 with a sentence when refused."""
    set_up()
    from django.db import transaction

    from zhitong.kernel.actions import give_role, open_account
    from zhitong.kernel.errors import Refusal
    from zhitong.kernel.models import Account, Org

    orgs = Org.objects.standing()
    org = (orgs.filter(name=wanted.org) if wanted.org else orgs.filter(kind=Org.Kind.CITY_BUREAU)).first()
    if org is None:
        say("没有找到这个组织，请写全称；新安装请先运行 zhitong run --prepare-only --no-demo。")
        return 1
    password = os.environ.get("ZHITONG_PASSWORD") or getpass.getpass("密码（至少十位）：")
    system = Account.objects.system()
    try:
        with transaction.atomic():
            account = open_account(
                by=system,
                org=org,
                kind="staff",
                username=wanted.username,
                name=wanted.name,
                password=password,
            )
            give_role(by=system, account=account, role=wanted.role, org=org)
    except Refusal as refusal:
        say(str(refusal.sentence))
        return 1
    say(f"已开户：{wanted.username}（{org}）")
    return 0
