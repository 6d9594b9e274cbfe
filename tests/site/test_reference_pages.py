"""The generated page of settings: every variable with its meaning and a default that can be read."""

from __future__ import annotations

import ast
from pathlib import Path

from zhitong.site import reference_pages, settings
from zhitong.site.reference_pages import settings_in

SOURCE = """
#: days that an offer holds
OFFER = timedelta(days=env.int("ZHITONG_OFFER", default=3))
ADDRESS = env.str("ZHITONG_ADDRESS", default=next(iter(ORIGINS), SERVED_AT))
if HOME:
    OPTIONS = {"timeout": 20}
#: whether connections are pooled
elif env.bool("ZHITONG_POOL", default=False):
    HUEY = env.str("DATABASE_URL")
"""


def test_it_works() -> None:
    assert settings_in(SOURCE) == {
        "ZHITONG_OFFER": ("int", "3", "days that an offer holds"),
        "ZHITONG_ADDRESS": ("str", "next(iter(ORIGINS), SERVED_AT)", ""),
        "ZHITONG_POOL": ("bool", "False", "whether connections are pooled"),
        "DATABASE_URL": ("str", "", ""),
    }


def test_every_setting_says_what_it_means() -> None:
    found = settings_in(Path(settings.__file__).read_text("utf-8"))
    assert len(found) > 40 and [name for name, (*_how, meaning) in found.items() if not meaning] == []
    for _kind, default, _meaning in found.values():
        ast.parse(default, mode="eval") if default else None


def test_the_page_shows_them() -> None:
    page = reference_pages.pages()["settings.md"]
    assert (
        "| `ZHITONG_OFFER_ANSWER_DAYS` | days that a worker has to answer an offer; a choice of ours | int | `3` |"
        in page
    )
