"""What must be true of the register beside what its database refuses."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import label_of
from zhitong.kernel.erasing import holds_something
from zhitong.kernel.integrity import invariant
from zhitong.kernel.people import way_to_person

from .models import DeletionRequest, ImportRow, RowEffect, RowFinding, SpouseRequest, Worker


@invariant(_("已同意删除的资料应当不留个人信息"))
def deleted_people_left_nothing() -> Iterator[str]:
    """Yield the rows about a person whose deletion was granted that still say something of him."""
    erased = Worker.objects.filter(state=Worker.State.ERASED)
    for model in apps.get_models():
        way = way_to_person(model)
        if way is None or way[0] is not Worker or model is Worker:
            continue
        rows = model._base_manager.filter(**{"__".join((*way[1], "in")): erased})
        yield from (label_of(row) for row in rows.iterator(500) if holds_something(row))
    for rows in (RowFinding.objects.filter(worker__in=erased), RowEffect.objects.filter(worker__in=erased)):
        yield from (label_of(row) for row in rows.iterator(500) if holds_something(row))
        keys = rows.values("row")
        cells = ImportRow.objects.filter(pk__in=keys).iterator(500)
        yield from (label_of(row) for row in cells if holds_something(row))


@invariant(_("同意删除的申请，其登记应当已经清空"))
def granted_deletions_were_done() -> Iterator[str]:
    """Yield granted requests whose person still has personal data, and spouses or requests that point to nobody."""
    granted = DeletionRequest.objects.filter(state=DeletionRequest.State.GRANTED)
    yield from (label_of(one) for one in granted.exclude(worker__state=Worker.State.ERASED))
    yield from (label_of(one) for one in Worker.objects.filter(spouse__state=Worker.State.ERASED))


@invariant(_("退出登记的人应当有退出日期，在册的人没有"))
def people_off_the_register_have_a_day() -> Iterator[str]:
    """Yield those whose data would never be deleted because no day is kept, and who have one and are there."""
    off = Q(state=Worker.State.WITHDRAWN, withdrawn_on=None)
    on = Q(state=Worker.State.ACTIVE, withdrawn_on__isnull=False)
    yield from (label_of(one) for one in Worker.objects.filter(off | on))


@invariant(_("配偶关联应当是双方的，并且经过双方同意的请求只指向两个人"))
def spouses_are_mutual() -> Iterator[str]:
    """Yield people whose spouse is married to somebody else, and agreed requests without a second person."""
    mutual = Q(spouse__spouse__isnull=True) | ~Q(spouse__spouse_id=F("pk"))
    yield from (label_of(one) for one in Worker.objects.filter(spouse__isnull=False).filter(mutual))
    agreed = SpouseRequest.objects.filter(state=SpouseRequest.State.AGREED, asked=None)
    yield from (label_of(one) for one in agreed.exclude(worker__state=Worker.State.ERASED))
