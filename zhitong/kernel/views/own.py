"""One's own account: roles, sign-in, sessions; for whom one acts; and the way in by invitation."""

from __future__ import annotations

from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions
from ..access import held_by
from ..errors import Refusal
from ..forms import AcceptForm
from ..signin import invited, sessions_of
from ..web import public, signed_in
from ..web.guard import ACTING_FOR
from ..web.verbs import actor_of


@signed_in
def own_account(request: HttpRequest) -> HttpResponseBase:
    """Show who one is, what one may do and from where one is signed in."""
    actor = actor_of(request)
    sessions = [
        {"held": one, "is_current": one.session.session_key == request.session.session_key}
        for one in sessions_of(actor)
    ]
    context = {
        "title": _("我的账号"), "sessions": sessions, "grants": [one for one in held_by(actor) if one.org],
        "acting_for": request.session.get(ACTING_FOR), "has_proof": is_mfa_enabled(actor),
        "has_password": actor.has_usable_password(), "is_worker": actor.is_worker,
    }  # fmt: skip
    return render(request, "kernel/own_account.html", context)


@require_POST
@signed_in
def act_for(request: HttpRequest) -> HttpResponseBase:
    """Act from now on for one of one's organisations only, or for all of them."""
    held = {str(one.org.pk): one.org for one in held_by(actor_of(request)) if one.org is not None}
    org = held.get(request.POST.get("org", ""))
    if org is None:
        request.session.pop(ACTING_FOR, None)
        messages.success(request, _("现在同时代表您的所有组织办理。"))
    else:
        request.session[ACTING_FOR] = org.pk
        messages.success(request, _("现在只代表 %(org)s 办理。") % {"org": org})
    return redirect("own_account")


act_for.guard = "signed_in"  # type: ignore[attr-defined]


@public  # whoever is invited has no way to sign in yet; the signed link is the permission
def accept_invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Let somebody who was invited choose a username and a password, and sign them in."""
    account = invited(token)
    form = AcceptForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("username", "password")}
        try:
            actions.accept_invitation(by=account, **chosen)
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, str(no.sentence))
        else:
            response: HttpResponseBase = perform_login(request, account, redirect_url="/")
            return response
    context = {"title": _("接受邀请"), "form": form, "account": account, "page_base": "entrance.html"}
    return render(request, "kernel/accept_invitation.html", context, status=422 if form.errors else 200)
