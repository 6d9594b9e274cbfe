"""Sign-in through another house's identity provider (OpenID Connect), switched on by the setting ``ZHITONG_OIDC``."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, get_random_string

from zhitong.kernel.models import Account

NONCE = "openid_nonce"
"""The session's entry for what the provider's next answer must repeat."""


class FederationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The provider says who it is; the account must exist here already. Nobody opens one by signing in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are opened by verbs."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the identity to the active work account whose username the provider names."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        told = sociallogin.account.extra_data
        told = told.get("userinfo") or told.get("id_token") or told
        account = self.account_named(str(told.get("preferred_username", "")))
        if account is not None:
            sociallogin.connect(request, account)

    def account_named(self, username: str) -> Account | None:
        """Return the active work account of this username."""
        kinds = (Account.Kind.STAFF, Account.Kind.EMPLOYER)
        found: Account | None = Account.objects.filter(
            username=username, is_active=True, kind__in=kinds
        ).first()
        return found


class Identity(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """What the provider says is believed only when it is signed, meant for us, and answers our own question."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **given: Any) -> Any:
        """Return who signed in; refuses an answer without an identity token, or with two different people in it."""
        if not given["response"].get("id_token"):
            raise OAuth2Error("no identity token")
        login = super().complete_login(request, app, token, **given)
        told = login.account.extra_data
        if "userinfo" in told and told["userinfo"].get("sub") != told["id_token"].get("sub"):
            raise OAuth2Error("two subjects")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> Any:
        try:
            told = jwtkit.verify_and_decode(
                credential=id_token, keys_url=self.openid_config["jwks_uri"], issuer=self.openid_config["issuer"],
                audience=app.client_id, lookup_kid=jwtkit.lookup_kid_jwk,
            )  # fmt: skip
        except KeyError:
            raise OAuth2Error("unknown key") from None
        asked = self.request.session.pop(NONCE, "")
        if not asked or not constant_time_compare(asked, str(told.get("nonce", ""))):
            raise OAuth2Error("another question's answer")
        return told


class AskProvider(OAuth2LoginView):  # type: ignore[misc]
    """Send the browser to the provider with a question that only one answer fits."""

    def get_provider(self) -> Any:
        """Return the provider, with a fresh nonce in what it is asked."""
        provider = super().get_provider()
        nonce = self.request.session[NONCE] = get_random_string(32)
        known = dict(provider.app.settings)
        provider.app.settings = {**known, "auth_params": {**known.get("auth_params", {}), "nonce": nonce}}
        return provider


def ask_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the provider; 404 for one that is not in the settings."""
    return _through(AskProvider, request, provider_id)


def hear_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the provider with its answer."""
    return _through(OAuth2CallbackView, request, provider_id)


def _through(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = view.adapter_view(Identity(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer
