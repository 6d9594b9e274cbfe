"""Questions arrive: from the person himself, through an officer, by telephone, or from somebody unknown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org
from zhitong.workers.models import Worker

from ..holes import own_placement, own_record
from ..hours import answer_due
from ..models import Enquiry
from .facts import QuestionFacts, read_name, read_question, read_telephone

OFFICES = (Org.Kind.CITY_BUREAU, Org.Kind.COUNTY_BUREAU, Org.Kind.STATION)
FOR_HIM = (Enquiry.Through.VISIT, Enquiry.Through.TELEPHONE)


@action(at=None, title=_("提问"), about=Enquiry)
def ask_question(*, by: Account, facts: QuestionFacts, county: Org | None = None) -> Enquiry:
    """Put a question to the office that answers for the asker: the station where he works, else his county.

    ``county`` is asked of somebody who is not on the register yet.
    """
    worker = own_record(by)
    _not_too_many(by)
    told = {**read_question(facts), "through": Enquiry.Through.SELF, "asked_by": by}
    if worker is None:
        return _opened(_county(county), None, name=by.name, **told)
    return _opened(owner_for(worker), worker, **told)


@action(at="worker", title=_("代本人提问"), keeps=("through",), about=Enquiry)
def ask_for_worker(*, by: Account, worker: Worker, facts: QuestionFacts, through: str) -> Enquiry:
    """Put a question for somebody of the register who said it face to face or on the telephone."""
    if through not in FOR_HIM:
        raise Refusal("not_a_choice", _("请选当面还是电话。"), field="through")
    if worker.state != Worker.State.ACTIVE:
        raise Refusal("not_on_register", _("他已不在册，请用“登记来电咨询”。"))
    return _opened(owner_for(worker), worker, **read_question(facts), through=through, asked_by=by)


@action(at="org", title=_("登记来电咨询"), about=Enquiry)
def note_call(*, by: Account, org: Org, facts: QuestionFacts, telephone: str, name: str = "") -> Enquiry:
    """Write down a question that somebody asked on the office's telephone and that could not be answered at once."""
    told = {"name": read_name(name), "telephone": read_telephone(telephone)}
    through = Enquiry.Through.TELEPHONE
    return _opened(_office(org), None, **told, **read_question(facts), through=through, asked_by=by)


@action(at=None, title=_("未登录提问"), about=Enquiry)
def ask_without_account(
    *, by: Account, county: Org, facts: QuestionFacts, telephone: str, name: str = ""
) -> Enquiry:
    """Put a question of somebody who did not sign in; the reply goes to the mobile telephone that he gave."""
    told = {"name": read_name(name), "telephone": read_telephone(telephone, mobile=True)}
    return _opened(_county(county), None, **told, **read_question(facts), through=Enquiry.Through.GUEST)


def owner_for(worker: Worker) -> Org:
    """Return the office that answers for somebody: the station that received him, else his county's bureau."""
    placement = own_placement(worker)
    if placement is not None and placement.station is not None and placement.station.closed_on is None:
        return placement.station
    return _county(worker.county)


def _opened(owner: Org, worker: Worker | None, **told: Any) -> Enquiry:
    """Store the enquiry in the care of the county, or of the city where the owner is the city's bureau."""
    place = {"city_id": owner.city_id, "county_id": owner.county_id}
    if worker is not None:
        place = {"city_id": worker.city_id, "county_id": worker.county_id}
    return Enquiry.objects.create(
        owner=owner, worker=worker, due_at=answer_due(timezone.now()), **place, **told
    )


def _not_too_many(by: Account) -> None:
    most = settings.ENQUIRY_MOST_WAITING
    if Enquiry.objects.waiting().filter(asked_by=by).count() >= most:
        sentence = _("您已有 %(most)d 个问题在等答复，请等答复以后再问，急事请打电话。") % {"most": most}
        raise Refusal("too_many_waiting", sentence)


def _county(county: Org | None) -> Org:
    if county is None or county.kind != Org.Kind.COUNTY_BUREAU or county.closed_on is not None:
        raise Refusal("no_county", _("请选您户籍所在的县（市、区）。"), field="county")
    return county


def _office(org: Org) -> Org:
    if org.kind not in OFFICES or org.closed_on is not None:
        raise Refusal("not_an_office", _("请选一个人社局或劳务协作站。"), field="org")
    return org
