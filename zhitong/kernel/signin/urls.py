"""Addresses of the sign-in library that the house uses, each with its guard.

Nobody signs up, keeps an e-mail address or resets a password here: accounts are opened by verbs and a lost password
is replaced by an invitation.
"""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account import views as account
from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginByCodeStage
from allauth.mfa import urls as mfa
from allauth.socialaccount import urls as social
from allauth.usersessions import urls as sessions
from django.urls import URLPattern, URLResolver, include, path

from zhitong.kernel.web.guard import public, signed_in

from .federation import ask_provider, hear_provider
from .telephone import AskCode, TypeCode

BEFORE_SIGN_IN = ("mfa_authenticate", "mfa_login_webauthn", "mfa_trust")

type_code = login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_request_login_code")(
    TypeCode.as_view()
)


def guarded(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    """Yield the library's routes, each marked with who may open it."""
    for one in patterns:
        if isinstance(one, URLResolver):
            one.url_patterns[:] = list(guarded(one.url_patterns))
        else:
            guard = public if one.name in BEFORE_SIGN_IN else signed_in
            one.callback = guard(one.callback)
        yield one


urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/", signed_in(account.password_change), name="account_change_password"),
    path("telephone/", public(AskCode.as_view()), name="account_request_login_code"),
    path("telephone/code/", public(type_code), name="account_confirm_login_code"),
    path("proof/", include(list(guarded(mfa.urlpatterns)))),
    path("sessions/", include(list(guarded(sessions.urlpatterns)))),
]
# Another house's provider; without one in the settings these addresses lead nowhere.
urlpatterns += [
    path("others/", include(social.urlpatterns)),
    path("oidc/<str:provider_id>/login/", public(ask_provider), name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", public(hear_provider), name="openid_connect_callback"),
]
