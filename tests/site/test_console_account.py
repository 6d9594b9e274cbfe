"""``zhitong account``: both account and role, or neither."""

from __future__ import annotations

import argparse

import pytest

from zhitong.kernel.models import Account, Grant
from zhitong.site.commands import account
from zhitong.site.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setenv("ZHITONG_PASSWORD", "a long enough pass phrase")
    monkeypatch.setattr(account, "set_up", lambda: None)


def wanted(**other: str) -> argparse.Namespace:
    return argparse.Namespace(
        **{"username": "keeper", "name": "张三", "role": "administrator", "org": "", **other}
    )


def test_it_works(world: World) -> None:
    assert account.perform(wanted()) == 0
    grant = Grant.objects.get(account__username="keeper")
    assert (grant.role, grant.org) == ("administrator", world.city)
    assert grant.account.check_password("a long enough pass phrase")


@pytest.mark.parametrize(
    "wrong", [{"org": "没有的组织"}, {"role": "village_officer"}, {"role": "king"}, {"username": ""}]
)
def test_a_refusal_is_a_sentence_and_opens_nothing(
    wrong: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = Account.objects.count()
    assert account.perform(wanted(**wrong)) == 1
    assert capsys.readouterr().out.strip().endswith("。")
    assert Account.objects.count() == before


def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHITONG_PASSWORD", "short")
    assert account.perform(wanted()) == 1
    assert not Account.objects.filter(username="keeper").exists()
