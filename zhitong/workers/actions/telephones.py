"""The telephone with which a person signs in: changed by himself, freed by an officer when it is his no more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.actions import bear_telephone, free_telephone
from zhitong.kernel.confirming import confirmed_telephone
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.state import change

from ..models import Worker
from ..reasons import ReleaseReason
from .entries import entries_saying, restate
from .facts import one_of
from .standing import locked


@action(at=None, title=_("更换手机号"), about=Account)
def change_own_telephone(*, by: Account, proof: str) -> Account:
    """Sign in with another telephone from now on, and be reached on it; ``proof`` shows that it is one's own.

    The proof comes from ``kernel.confirming``. Refuses an account that is no person's own, a telephone of another
    account, and the one that the account has.
    """
    if not by.is_worker:
        raise Refusal("not_a_worker_account", _("只有劳动者本人的账号用手机号登录。"))
    telephone = confirmed_telephone(by, proof)
    bear_telephone(by=by, account=by, telephone=telephone)
    worker = Worker.objects.filter(account=by).first()
    if worker is not None:
        restate(by, locked(worker), telephone=telephone)
    return by


@action(at="worker", title=_("解除手机号登录"), keeps=("reason",), about=Worker)
def release_telephone(*, by: Account, worker: Worker, reason: str) -> Worker:
    """Close the account with which a person signs in, and free its telephone for whoever has it now.

    The entry stays on the register; the person takes it over again with a new telephone. The number goes too
    from every entry of the person that says it. Refuses where nobody signs in, and a person's own account.
    """
    one_of("reason", reason, ReleaseReason.values)
    worker = locked(worker)
    account = worker.account
    if account is None:
        raise Refusal("no_account", _("这份登记没有关联账号，不用解除。"))
    if account.pk == by.pk:
        raise Refusal("not_by_oneself", _("您自己换号请用“更换手机号”。"))
    change(worker, account=None)
    if account.telephone is not None:
        for entry in entries_saying(worker, "telephone", account.telephone.open()):
            restate(by, entry, telephone=None)
    free_telephone(by=by, account=account)
    worker.refresh_from_db()
    return worker
