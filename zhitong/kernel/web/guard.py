"""Every view says who may open it: someone who signed in, or everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhitong.kernel.access import held_by
from zhitong.kernel.models import Account
from zhitong.kernel.signin.proof import needs_second_proof

View: TypeAlias = Callable[..., HttpResponseBase]
ACTING_FOR = "acting_for"
"""The session's entry for the one organisation for which someone with several acts now."""


def account_of(request: HttpRequest) -> Account:
    """Return who is signed in, holding what they hold where they act now."""
    user: Any = request.user
    actor: Account = getattr(user, "_wrapped", user)
    place = request.session.get(ACTING_FOR)
    if place is not None and "held" not in actor.__dict__:
        chosen = tuple(one for one in held_by(actor) if one.org is None or one.org.pk == place)
        if any(one.org is not None for one in chosen):
            actor.__dict__["held"] = chosen
    return actor


def _sets_up_proof(request: HttpRequest) -> bool:
    return request.path.startswith(("/accounts/", "/account/", "/language/"))


def signed_in(view: View) -> View:
    """Open the view only to someone who signed in; ``request.actor`` is their account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.actor = actor = account_of(request)  # type: ignore[attr-defined]
        if settings.ZHITONG_REQUIRE_MFA and needs_second_proof(actor) and not _sets_up_proof(request):
            messages.warning(request, _("您的角色管一个县以上的资料，请先设置双因素认证，再继续办理。"))
            return redirect("mfa_index")
        return view(request, *args, **named)

    guarded.guard = "signed_in"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Open the view to everybody; ``request.actor`` is the account or ``None``."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        known = request.user.is_authenticated
        request.actor = account_of(request) if known else None  # type: ignore[attr-defined]
        return view(request, *args, **named)

    opened.guard = "public"  # type: ignore[attr-defined]
    return opened
