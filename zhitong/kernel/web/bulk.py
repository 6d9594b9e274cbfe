"""A verb on many chosen rows of a list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhitong.kernel.errors import AlreadyDone, NotAllowed, OutOfReach, Refusal
from zhitong.kernel.values import row_number

from .form import ActorForm

if TYPE_CHECKING:
    from .listing import Bulk, Listing

MOST_CHOSEN = 1000
MOST_NAMED = 20


def do_in_bulk(listing: Listing) -> HttpResponseBase:
    """Do the verb named in the submission to the chosen rows, and go back to the list."""
    request = listing.request
    wanted = request.POST.get("verb", "")
    one = next((one for one in listing.bulk_verbs() if one.verb.name == wanted), None)
    if one is None:
        raise NotAllowed(wanted)
    rows = _chosen(listing)
    if not rows:
        messages.warning(request, _("请先勾选要办理的行。"))
        return redirect(request.get_full_path())
    form = _form(listing, one)
    if form is not None and not form.is_valid():
        return _ask(listing, one, rows, form)
    _report(listing, one, *_perform(listing, one, rows, form))
    return redirect(request.get_full_path())


def _chosen(listing: Listing) -> list[Any]:
    numbers = map(row_number, listing.request.POST.getlist("pk"))
    picked = [one for one in numbers if one is not None][:MOST_CHOSEN]
    rows = list(listing.rows().filter(pk__in=picked).order_by("pk"))
    if len(rows) != len(set(picked)):
        raise OutOfReach
    return rows


def _form(listing: Listing, one: Bulk) -> ActorForm | None:
    """Return the verb's form: empty when it was not shown yet, with what was typed when it was."""
    if one.form is None:
        return None
    shown = "answered" in listing.request.POST
    return one.form(listing.actor, None, listing.request.POST if shown else None)


def _ask(listing: Listing, one: Bulk, rows: list[Any], form: ActorForm) -> HttpResponseBase:
    context = {
        "title": one.verb.title, "verb": one.verb, "form": form, "chosen": rows,
        "named": [listing.told(row) for row in rows[:MOST_NAMED]],
        "back": listing.request.get_full_path(), "crumbs": [(str(listing.heading()), listing.request.path)],
    }  # fmt: skip
    return render(listing.request, "kernel/bulk.html", context, status=422 if form.is_bound else 200)


def _perform(
    listing: Listing, one: Bulk, rows: list[Any], form: ActorForm | None
) -> tuple[int, Counter[str]]:
    """Return how many rows were done and how often each sentence of refusal came."""
    nonce = listing.request.POST.get("nonce") or None
    given = {**({} if form is None else form.given()), **(one.at(listing, rows) if one.at else {})}
    refused: Counter[str] = Counter()
    done = 0
    for part, values in enumerate([[row] for row in rows] if one.each else [rows]):
        name = None if nonce is None else (f"{nonce}.{part}" if one.each else nonce)
        argument: Any = values[0] if one.each else values
        try:
            one.call(**given, **{one.rows: argument}, by=listing.actor, nonce=name)
            done += len(values)
        except AlreadyDone:
            done += len(values)
        except (NotAllowed, OutOfReach):
            if not one.each:
                raise
            refused[_("不在您的办理范围内。")] += 1
        except Refusal as no:
            refused[str(no.sentence)] += len(values)
    return done, refused


def _report(listing: Listing, one: Bulk, done: int, refused: Counter[str]) -> None:
    title = {"title": one.verb.title, "done": done}
    if done:
        messages.success(listing.request, _("%(title)s：已办理 %(done)s 条。") % title)
    for sentence, count in refused.most_common():
        told = {"title": one.verb.title, "count": count, "sentence": sentence}
        messages.error(listing.request, _("%(title)s：%(count)s 条没有办成。%(sentence)s") % told)
