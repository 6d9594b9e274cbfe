"""Ways between the pages: back to the person whom a row belongs to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.kernel.web.verbs import actor_of

from ..models import Worker


def page_of_worker(request: HttpRequest, row: Any) -> str:
    """Return the page of the person whom a row concerns: his own one when it is he who asks."""
    if actor_of(request).is_worker:
        return reverse("my_page")
    person = row if isinstance(row, Worker) else getattr(row, "concerns", None)
    return reverse("workers") if person is None else reverse("worker", args=[person.pk])


def to_worker(result: Any, request: HttpRequest) -> str:
    """Go on to the person's page after a verb."""
    return page_of_worker(request, result)


def to_kept(result: Any, request: HttpRequest) -> str:
    """Go on to the page of the entry that a decision keeps."""
    return page_of_worker(request, result.kept)


def about_worker(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Lead back to the person's page from a verb about one of his rows, and name what it is about."""
    url = page_of_worker(request, row)
    person = row if isinstance(row, Worker) else row.concerns
    own = actor_of(request).is_worker
    label = _("我的资料") if own else str(person)
    told = "" if isinstance(row, Worker) else str(row)
    return {"back": url, "crumbs": [(label, url)], "subtitle": told}


def after_registration(result: Worker, request: HttpRequest) -> str:
    """Go to the new person's page, or on to the next person of the same visit."""
    if "next" not in request.POST:
        return page_of_worker(request, result)
    asked = {"village": result.village_id, "source": result.source}
    if result.household_id is not None:
        asked["family"] = result.pk
    return f"{reverse('register_worker')}?{urlencode(asked)}"


def to_groups(result: Any, request: HttpRequest) -> str:
    """Go on to the list of priority groups."""
    return reverse("prioritygroups")


def about_group(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Lead back to the list of priority groups."""
    url = reverse("prioritygroups")
    return {"back": url, "crumbs": [(_("优先群体"), url)], "subtitle": str(row)}
