"""Every view says who may open it: someone who signed in, or everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from zhitong.kernel.access import held_by
from zhitong.kernel.models import Account
from zhitong.kernel.signin.proof import ProofMissing, lacks_second_proof

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
        if not _sets_up_proof(request) and lacks_second_proof(actor):
            messages.warning(request, str(ProofMissing().sentence))
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
