"""People of the imaginary county who act for themselves, and the question how a verb said no."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from zhitong.kernel import action, sms
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.site.world import World
from zhitong.workers.models import Worker


@pytest.fixture
def worker(world: World) -> Worker:
    """Someone on the register of the village."""
    return world.worker(name="陆大江")


@pytest.fixture
def person(world: World) -> Account:
    """A person's own account with a verified telephone, not yet on the register."""
    return Account.objects.create(
        username="15400000001", name="本人", kind="worker", telephone="15400000001", telephone_verified=True
    )


@pytest.fixture
def himself(world: World, worker: Worker, person: Account) -> Account:
    """The account of the worker."""
    Worker.objects.filter(pk=worker.pk).update(account=person)
    worker.refresh_from_db()
    return person


@pytest.fixture
def let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer the questions of reach with yes, as they were answered before somebody else was faster."""
    monkeypatch.setattr(action, "_authority", lambda now: None)


@pytest.fixture
def no() -> Callable[..., str]:
    """Call a verb that should refuse; give its code, having seen that the sentence is one."""

    def code_of(verb: Callable[..., Any], **given: Any) -> str:
        with pytest.raises(Refusal) as caught:
            verb(**given)
        assert str(caught.value.sentence).endswith(("。", "？"))
        return caught.value.code

    return code_of


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The texts that were sent."""
    texts: list[tuple[str, str]] = []
    sender = SimpleNamespace(send=lambda telephone, text: texts.append((telephone, text)))
    monkeypatch.setattr(sms, "sender", lambda: sender)
    return texts
