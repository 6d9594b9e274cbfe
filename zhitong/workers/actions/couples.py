"""Two people say themselves that they are married: one asks, the other agrees or declines."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.action import action, note_people
from zhitong.kernel.errors import OutOfReach, Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.state import move

from ..models import SpouseRequest, Worker
from .checking import people_of
from .facts import read, read_name
from .households import marry
from .standing import locked_pair, on_register

State = SpouseRequest.State
MOST_A_DAY = 3
"""Requests of one person in a day: nobody finds out by trying who is on the register."""


@action(at="worker", title=_("请求关联配偶"), about=Worker)
def ask_spouse(*, by: Account, worker: Worker, name: str, id_number: str) -> Worker:
    """Ask whoever bears this name and identity number to be written down as one's spouse; an earlier request ends.

    The answer is the same whether or not there is such a person on the register: nobody learns here who is. Refuses
    oneself, somebody who has a spouse already, and a fourth request in a day.
    """
    worker = on_register(worker)
    name, number = read_name(name)["name"], read("id_number", values.id_number, id_number)
    if worker.spouse_id is not None:
        raise Refusal("has_spouse", _("您已经关联了配偶，有误请联系村级劳务员解除。"))
    if worker.id_number is not None and worker.id_number.open() == number:
        raise Refusal("own_spouse", _("不能把本人登记为自己的配偶。"), field="id_number")
    own = SpouseRequest.objects.filter(worker=worker)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if own.filter(asked_at__gte=today).count() >= MOST_A_DAY:
        raise Refusal("asked_too_often", _("今天已经请求了%(most)d次，请明天再试。") % {"most": MOST_A_DAY})
    for earlier in own.filter(state=State.OPEN):
        move(earlier, State.REPLACED)
    asked = Worker.objects.active().with_id_number(number).filter(name=name).first()
    SpouseRequest.objects.create(
        worker=worker, asked=asked, expires_at=timezone.now() + settings.SPOUSE_ANSWER
    )
    return worker


@action(at="worker", title=_("同意关联配偶"))
def agree_to_spouse(*, by: Account, worker: Worker, request: SpouseRequest) -> Worker:
    """Agree to be written down as the spouse of whoever asked; from now on both are each other's spouse."""
    waiting = _asked_of(worker, request)
    one, other = locked_pair(worker, waiting.worker)
    move(waiting, State.AGREED, answered_at=timezone.now())
    note_people(people_of((one.pk, other.pk)))
    return marry(one, other)


@action(at="worker", title=_("不同意关联配偶"))
def decline_spouse(*, by: Account, worker: Worker, request: SpouseRequest) -> Worker:
    """Decline to be written down as the spouse of whoever asked; nothing else changes."""
    move(_asked_of(worker, request), State.DECLINED, answered_at=timezone.now())
    return worker


def _asked_of(worker: Worker, request: SpouseRequest) -> SpouseRequest:
    """Return the request as it stands, held, when it waits for this person's answer."""
    found = SpouseRequest.objects.select_for_update().get(pk=request.pk)
    if found.asked_id != worker.pk:
        raise OutOfReach
    if found.state == State.OPEN and found.expires_at <= timezone.now():
        raise Refusal("request_over", _("这个请求已过有效期，请对方重新提出。"))
    return found
