"""The link in a short message by which a person stops being told of new posts, without an account.

The link carries the number of one search and a signature over it for this purpose alone; nothing in it says who is
meant. What it opens asks once and then stops every search of the same person.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account

from .actions import end_search
from .models import SavedSearch

SALT = "zhitong.matching.stopping"


def link_of(search: SavedSearch) -> str:
    """Return the whole address at which the messages are stopped."""
    return settings.ZHITONG_ADDRESS.rstrip("/") + reverse("stop_searches", args=[token_of(search)])


def token_of(search: SavedSearch) -> str:
    """Return the signed name of a search."""
    return signing.Signer(salt=SALT, sep=".").sign(str(search.pk))


def search_of(token: str) -> SavedSearch:
    """Return the search of a link; refuses one that nobody here signed."""
    try:
        number = int(signing.Signer(salt=SALT, sep=".").unsign(token))
    except (signing.BadSignature, ValueError):
        raise Refusal(
            "link_not_ours", _("这个链接不完整或者不是我们发出的，请完整打开短信里的链接。")
        ) from None
    found = SavedSearch.objects.filter(pk=number).first()
    if found is None:
        raise Refusal("link_not_ours", _("这个链接已经不能用了。"))
    return found


def running_with(search: SavedSearch) -> list[SavedSearch]:
    """Return the searches of the same person that are running."""
    return list(SavedSearch.objects.running().filter(worker=search.worker_id).order_by("pk"))


def stop_all_with(search: SavedSearch) -> None:
    """Stop every search of the same person."""
    for one in running_with(search):
        end_search(by=Account.objects.system(), search=one)
