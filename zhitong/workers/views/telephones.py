"""A person takes another telephone: the number, then the code that came to it."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.kernel import access
from zhitong.kernel.confirming import ask_confirmation, asked_telephone
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.web import signed_in
from zhitong.kernel.web.verbs import actor_of

from ..forms import NewTelephoneForm

VERB = "change_own_telephone"


@signed_in
def new_telephone(request: HttpRequest) -> HttpResponseBase:
    """Ask for the new telephone and send it a code."""
    actor = actor_of(request)
    if not access.holds(actor, VERB):
        raise NotAllowed(VERB)
    form = NewTelephoneForm(actor, None, request.POST if request.method == "POST" else None)
    if form.is_valid():
        telephone = form.cleaned_data["telephone"]
        if ratelimit.consume(request, action="request_login_code", key=telephone):
            ask_confirmation(actor, telephone)
            return redirect(VERB)
        form.add_error("telephone", _("验证码要得太频繁了，请过一会儿再试。"))
    context = {"title": _("更换手机号"), "form": form, "crumbs": [(_("我的资料"), reverse("my_page"))]}
    return render(request, "workers/new_telephone.html", context, status=422 if form.errors else 200)


def about_new_telephone(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say to which telephone the code went, and lead back to where another is typed in."""
    url = reverse("new_telephone")
    return {"back": url, "crumbs": [(_("更换手机号"), url)], "telephone": asked_telephone(actor_of(request))}


def to_own_page(result: Any, request: HttpRequest) -> str:
    """Go to the person's own page."""
    return reverse("my_page")
