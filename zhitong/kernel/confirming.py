"""Codes that show that a telephone is in somebody's hands: sent, typed in, and turned into a proof for a verb.

A proof names the account and the telephone, is signed, and holds some minutes; a verb that takes one needs no further
look at how it came about. Wrong codes are counted outside the verb, because what a verb refuses leaves no trace.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode

from django.core import signing
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from .errors import Refusal
from .models import Account
from .privacy import mask_telephone, seal, unseal
from .sms import send_code

SALT = "zhitong.kernel.confirming"
HOLDS = 300
"""Seconds in which a code is typed in, and in which a proof is used."""
MOST_TRIES = 5
CODE_DIGITS = 6


def ask_confirmation(account: Account, telephone: str) -> None:
    """Send a code to the telephone that the account names as its own; an earlier code holds no more."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    kept = {"telephone": b64encode(seal(telephone, "telephone")).decode(), "code": _digest(code), "tries": 0}
    cache.set(_key(account), kept, HOLDS)
    send_code(telephone, code)


def asked_telephone(account: Account) -> str:
    """Return the masked telephone to which a code went that can still be typed in, or nothing."""
    kept = cache.get(_key(account))
    return "" if kept is None else mask_telephone(unseal(b64decode(kept["telephone"]), "telephone"))


def proof_of(account: Account, code: str) -> str:
    """Return the proof that a code earns; raises ``Refusal`` for a wrong one and when there is nothing to confirm."""
    kept = cache.get(_key(account))
    if kept is None:
        raise Refusal("code_over", _("验证码已经失效，请重新获取。"), field="code")
    if not constant_time_compare(kept["code"], _digest("".join(code.split()))):
        _count(account, kept)
        raise Refusal("code_wrong", _("验证码不对，请核对短信里的 6 位数字。"), field="code")
    cache.delete(_key(account))
    return signing.dumps({"account": account.pk, "telephone": kept["telephone"]}, salt=SALT)


def confirmed_telephone(account: Account, proof: str) -> str:
    """Return the telephone that a proof shows to be the account's; refuses any other text."""
    try:
        found = signing.loads(proof, salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        found = {}
    if found.get("account") != account.pk:
        raise Refusal("telephone_not_confirmed", _("请先用短信验证码验证新手机号。"), field="code")
    return unseal(b64decode(found["telephone"]), "telephone")


def _count(account: Account, kept: dict[str, object]) -> None:
    """Count a wrong code; after the last one the right code does not help any more."""
    tries = int(str(kept["tries"])) + 1
    if tries >= MOST_TRIES:
        cache.delete(_key(account))
    else:
        cache.set(_key(account), {**kept, "tries": tries}, HOLDS)


def _digest(code: str) -> str:
    return salted_hmac(SALT, code, algorithm="sha256").hexdigest()


def _key(account: Account) -> str:
    return f"telephone-to-confirm:{account.pk}"
