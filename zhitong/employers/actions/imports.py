"""Posts that somebody else wrote down, stored in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.actions import open_orgs
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.errors import Faster
from zhitong.kernel.models import Account, Org, in_place

from ..facts import DemandFacts
from ..models import Demand, Employer

UNSAID: dict[str, Any] = {
    "state": Demand.State.SUBMITTED, "close_reason": "", "refusal": "", "is_sample": False, "version": 1,
    "is_doubtful": False,
}  # fmt: skip


@dataclass(frozen=True)
class Post:
    """One post of a list: its number there, its employer's number there, and its facts."""

    external_code: str
    employer_code: str
    facts: DemandFacts
    published_on: dt.date | None = None


class PostBatch:
    """Posts to be stored together. No dataclass: a verb would look for rows inside it, one by one."""

    def __init__(self, posts: Iterable[Post]) -> None:
        self.posts = list(posts)

    def __str__(self) -> str:
        return str(len(self.posts))


@action(at="org", title=gettext_lazy("导入用工需求"))
def import_demands(*, by: Account, org: Org, batch: PostBatch) -> int:
    """Store posts of a list, which then wait for their check, and return how many were new.

    A post whose number is known already is left as it is. Employers are found by their number in the list, or
    opened in the care of ``org``'s place to wait for their credential check.
    """
    known = known_codes(one.external_code for one in batch.posts)
    new = [one for one in batch.posts if one.external_code not in known]
    try:
        with transaction.atomic():
            employers = _employers(by, org, new)
            count = bulk_load(Demand, _columns(), _rows(org, new, employers))
    except IntegrityError:
        raise Faster from None
    note_rows(count)
    return count


def known_codes(codes: Iterable[str]) -> set[str]:
    """Return those of the numbers under which a post is stored."""
    wanted = set(codes)
    stored = Demand.objects.exclude(external_code="").values_list("external_code", flat=True)
    return wanted.intersection(stored.iterator(5000))


def _employers(by: Account, org: Org, posts: list[Post]) -> dict[str, tuple[int, int]]:
    """Return employer and organisation by the employer's number in the list, opening those that are new."""
    cities = {one.employer_code: one.facts.region for one in posts}
    found = _stored_employers()
    missing = [code for code in cities if code not in found]
    home = Org.objects.get(pk=org.place_id or org.pk)
    names = [_("（广告）用人单位 %(code)s") % {"code": code} for code in missing]
    orgs = open_orgs(by=by, parent=home, kind=Org.Kind.EMPLOYER, names=names) if missing else []
    Employer.objects.bulk_create(
        [
            Employer(
                org=one, external_code=code, collected_by=org, region_id=cities[code].pk, **in_place(home)
            )
            for code, one in zip(missing, orgs, strict=True)
        ],
        batch_size=1000,
    )
    return _stored_employers()


def _stored_employers() -> dict[str, tuple[int, int]]:
    rows = Employer.objects.exclude(external_code="").values_list("external_code", "pk", "org_id")
    return {code: (employer, org) for code, employer, org in rows.iterator(5000)}


def _columns() -> list[str]:
    return [one.attname for one in Demand._meta.concrete_fields if one.attname != "id"]


def _rows(org: Org, posts: list[Post], employers: dict[str, tuple[int, int]]) -> Iterator[tuple[Any, ...]]:
    """Yield each post as a tuple in the order of the table's columns; what is not said is as in a new row."""
    columns = _columns()
    today, now = timezone.localdate(), timezone.now()
    same = {**UNSAID, **in_place(org), "collected_by_id": org.pk, "collected_on": today, "submitted_at": now}
    for one in posts:
        facts = one.facts.columns()
        employer, employer_org = employers[one.employer_code]
        row = {
            **same,
            **facts,
            "occupation_id": facts["occupation"].pk,
            "region_id": facts["region"].pk,
            "employer_id": employer,
            "employer_org_id": employer_org,
            "external_code": one.external_code,
            "refreshed_on": min(one.published_on or today, today),
        }
        yield tuple(row.get(name) for name in columns)
