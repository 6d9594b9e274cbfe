"""No page keeps anybody out: axe-core looks over the main pages, on the desk and on the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from tests.house.specimens import doorstep_rows, list_rows, own_account, question_rows
from zhitong.dispatch.models import Placement
from zhitong.employers.models import Demand, Employer
from zhitong.kernel.models import Account
from zhitong.kernel.web import page_of
from zhitong.matching.models import Round
from zhitong.site.world import World, build
from zhitong.workers.actions import ask_deletion

# What a browser does is the same beside either database; the thin pass is tried beside both.
pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

Visit = Callable[..., Page]
GRAVE = ("serious", "critical")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


@pytest.fixture
def world(transactional_db: None) -> World:
    """The imaginary county with a person under way, stored for the server's threads too."""
    world = build()
    world.arrived()
    world.solved_round()
    world.submitted_demand(title="样例装配工")
    return world


def barriers(page: Page, address: str) -> list[str]:
    """Return a sentence for each serious or critical barrier of a page."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() > 0, f"{address} is no page"
    found: Any = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{address}: {one['id']} ({one['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]


def look_over(page: Page, addresses: list[str]) -> None:
    found = [told for address in addresses for told in barriers(page, address)]
    assert found == [], "\n".join(found)


def rows(account: Account) -> list[str]:
    """Return the addresses of one row of each noun of the journey."""
    firsts = [one.objects.visible_to(account).first() for one in (Placement, Demand, Employer, Round)]
    return [row_address(row) for row in firsts]


def row_address(row: Any) -> str:
    found = page_of(row)
    assert found is not None
    return found


def test_an_officers_pages(visit: Visit, world: World) -> None:
    officer = world.county_officer
    lists = [
        "home", "workers", "employers", "demands", "rounds", "placements", "offers", "orgs", "records", "jobs",
        "own_account", "register_worker",
    ]  # fmt: skip
    worker = world.worker()
    addresses = [reverse(name) for name in lists]
    addresses += [row_address(worker), reverse("correct_worker", args=[worker.pk]), *rows(officer)]
    look_over(visit(officer), addresses)


def test_the_pages_of_the_register(visit: Visit, world: World) -> None:
    """Lists that came in, the review desk, conflicts, devices, deletions, questions, on the desk and the phone."""
    imported, finding, _layout = list_rows(world)
    enquiry, likeness = question_rows(world)[-1], world.likeness()
    request = ask_deletion(by=world.village_officer, worker=world.worker())
    lists = ["imports", "stage_import", "likenesses", "deletionrequests", "enquiries", "answers"]
    of_list = [reverse(name, args=[imported.pk]) for name in ("check_import", "discard_import")]
    shown = (imported, finding, likeness, request, enquiry, *doorstep_rows(world))
    pages = [found for one in shown if (found := page_of(one)) is not None]
    assert len(pages) > 6
    look_over(visit(world.county_officer), [*map(reverse, lists), *of_list, *pages])
    phone = visit(world.village_officer, phone=True)
    look_over(phone, [*map(row_address, (imported, likeness)), reverse("unchecked"), reverse("doorstep")])


def test_the_public_question_desk(visit: Visit, world: World) -> None:
    answer = reverse("question", args=[question_rows(world)[1].pk])
    for phone in (False, True):
        look_over(visit(phone=phone), [reverse("questions"), answer, reverse("guest_question")])


def test_the_pages_of_figures(visit: Visit, world: World) -> None:
    """Charts are drawn too: a style that the policy of pages forbids would be reported by the browser."""
    page = visit(world.county_officer)
    look_over(page, [reverse("dashboards"), reverse("flows")])
    assert page.locator("#sankey svg").count() == 1


def test_a_persons_pages_on_the_phone(visit: Visit, world: World) -> None:
    account = own_account(world, world.worker())
    look_over(visit(account, phone=True), ["/workers/me/", "/workers/me/looks/", "/account/"])


def test_the_ways_in(visit: Visit, world: World) -> None:
    look_over(visit(), ["/accounts/login/", "/accounts/telephone/"])
    look_over(visit(phone=True), ["/accounts/login/", "/accounts/telephone/"])


def test_a_barrier_is_found(visit: Visit, world: World) -> None:
    page = visit()
    page.goto("/accounts/login/")
    page.evaluate("document.querySelector('input[name=login]').closest('form').innerHTML = '<input name=x>'")
    found: Any = Axe().run(page, options=RULES).response["violations"]
    assert "label" in {one["id"] for one in found if one["impact"] in GRAVE}
