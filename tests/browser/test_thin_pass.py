"""From "I want to work away" to a signed arrival, done by five people in turn, in a real browser."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.house.specimens import own_account
from zhitong.dispatch.models import Placement
from zhitong.employers.models import Demand
from zhitong.kernel.action import VERBS
from zhitong.kernel.chain import breaks
from zhitong.matching.models import Offer, Round
from zhitong.site.world import World, build
from zhitong.workers.models import Worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]


@pytest.fixture
def world(transactional_db: None) -> World:
    """The imaginary county, stored for the server's threads too."""
    world = build()
    world.village_officer, world.county_officer, world.station_staff, world.employer_clerk  # noqa: B018
    world.welder, world.employer, world.welding_certificate  # noqa: B018
    return world


def choose(page: Page, label: str, text: str) -> None:
    """Pick the first match in a searchable select."""
    box = page.get_by_role("combobox", name=re.compile(rf"^{label}"))
    box.click()
    box.press_sequentially(text, delay=10)
    page.locator(".ts-dropdown .option:not(.create)").filter(has_text=text).first.click()


def do(page: Page, title: str) -> None:
    """Press the page's own button and wait for the answer."""
    page.get_by_role("button", name=title, exact=True).click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main")).to_be_visible()


def take(page: Page, pictures: Path, name: str) -> None:
    """Take a picture, and see that nothing runs over the side."""
    page.screenshot(path=pictures / f"{name}.png", full_page=True)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{name} runs {over} px over the side"


def test_from_the_village_to_the_gate(visit: Visit, world: World, pictures: Path) -> None:
    worker = register(visit(world.village_officer), world, pictures)
    demand = submit(visit(world.employer_clerk), world, pictures)
    desk = visit(world.county_officer)
    approve(desk, demand, pictures)
    offer = match(desk, worker, demand, pictures)
    say_yes(visit(own_account(world, worker), phone=True), offer, pictures)
    accept(visit(world.employer_clerk), offer, pictures)
    sign_arrival(visit(world.station_staff), worker, pictures)
    see(desk, visit(world.county_officer, phone=True), pictures)
    assert list(breaks()) == []


def register(page: Page, world: World, pictures: Path) -> Worker:
    """The village officer registers a man who wants to weld by the sea."""
    page.goto("/workers/")
    take(page, pictures, "01-village-empty-list")
    page.get_by_role("link", name="登记劳动者").first.click()
    page.get_by_label("姓名", exact=False).first.fill("罗远行")
    number = world.identity(dt.date(1991, 3, 9))
    page.get_by_label("身份证号", exact=False).first.fill(number)
    page.get_by_label("手机号", exact=False).first.fill("15412345678")
    choose(page, "第一意向职业", "焊工")
    choose(page, "第一意向城市", "海州")
    page.get_by_label("最低月工资").fill("5000")
    for consent in ("登记和就业服务", "处理身份证号等敏感信息", "向用人单位提供必要信息"):
        page.get_by_label(consent).check()
    take(page, pictures, "02-village-register")
    do(page, "登记劳动者")
    worker = Worker.objects.get()
    assert worker.name == "罗远行" and worker.village == world.village
    assert number not in page.content()
    take(page, pictures, "03-village-worker")
    return worker


def submit(page: Page, world: World, pictures: Path) -> Demand:
    """The employer hands in posts for welders; an unlawful title is refused first, and nothing typed is lost."""
    today = timezone.localdate()
    page.goto("/employers/demands/new/submit_demand/")
    page.get_by_label("岗位名称").fill("电焊工（限男）")
    choose(page, "职业", "焊工")
    page.get_by_label("人数").fill("3")
    choose(page, "工作城市", "海州")
    page.get_by_label("月工资最低").fill("6500")
    page.get_by_label("月工资最高").fill("9000")
    page.get_by_label("提供住宿").check()
    page.get_by_label("到岗日期").fill((today + dt.timedelta(days=5)).isoformat())
    page.get_by_label("有效期至").fill((today + dt.timedelta(days=60)).isoformat())
    do(page, title_of("submit_demand"))
    assert Demand.objects.count() == 0
    expect(page.locator("main")).to_contain_text("就业促进法")
    expect(page.get_by_label("人数")).to_have_value("3")
    take(page, pictures, "04-employer-refused")
    page.get_by_label("岗位名称").fill("电焊工")
    do(page, title_of("submit_demand"))
    take(page, pictures, "05-employer-demand")
    return Demand.objects.get()


def title_of(verb: str) -> str:
    """Return the words on a verb's button."""
    return str(VERBS[verb].title)


def approve(page: Page, demand: Demand, pictures: Path) -> None:
    """The county officer finds the post among what waits, and approves it."""
    page.goto("/dashboards/")
    expect(page.locator("main")).to_contain_text("待审核岗位")
    take(page, pictures, "06-county-desk")
    page.goto(f"/employers/demands/{demand.pk}/approve_demand/")
    do(page, title_of("approve_demand"))
    demand.refresh_from_db()
    assert demand.state == "approved"


def match(page: Page, worker: Worker, demand: Demand, pictures: Path) -> Offer:
    """The county officer holds a round, reads why, and adopts what the engine proposes."""
    page.goto("/matching/rounds/")
    page.get_by_role("link", name=title_of("open_round")).first.click()
    do(page, title_of("open_round"))
    held = Round.objects.get()
    assert held.state == "proposed", held.summary
    page.goto(f"/matching/rounds/{held.pk}/")
    take(page, pictures, "07-county-round")
    page.goto(f"/matching/rounds/{held.pk}/proposals/")
    expect(page.locator("main")).to_contain_text("罗远行")
    take(page, pictures, "08-county-proposals")
    page.goto(f"/matching/rounds/{held.pk}/adopt_proposals/")
    do(page, title_of("adopt_proposals"))
    offer = Offer.objects.get()
    assert (offer.worker, offer.demand, offer.state) == (worker, demand, "sent")
    return offer


def say_yes(page: Page, offer: Offer, pictures: Path) -> None:
    """The worker says yes on his phone."""
    page.goto("/matching/mine/")
    expect(page.locator("main")).to_contain_text("电焊工")
    take(page, pictures, "09-worker-offer")
    page.goto(f"/matching/offers/{offer.pk}/agree_to_offer/")
    take(page, pictures, "10-worker-yes")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    offer.refresh_from_db()
    assert (offer.state, offer.answered_through) == ("agreed", "self")


def accept(page: Page, offer: Offer, pictures: Path) -> None:
    """The employer sees who said yes, and takes him on."""
    page.goto("/matching/candidates/")
    expect(page.locator("main")).to_contain_text("罗远行")
    take(page, pictures, "11-employer-candidates")
    page.goto(f"/matching/offers/{offer.pk}/accept_worker/")
    do(page, title_of("accept_worker"))
    offer.refresh_from_db()
    assert offer.state == "accepted"


def sign_arrival(page: Page, worker: Worker, pictures: Path) -> None:
    """The receiving station signs at the gate, and reads no more of the man than it must."""
    placement = Placement.objects.get()
    assert placement.station is not None
    page.goto("/dispatch/arrivals/")
    expect(page.locator("main")).to_contain_text("罗远行")
    expect(page.locator("main")).not_to_contain_text("15412345678")
    take(page, pictures, "12-station-arrivals")
    page.goto(f"/dispatch/{placement.pk}/confirm_arrival/")
    do(page, title_of("confirm_arrival"))
    placement.refresh_from_db()
    worker.refresh_from_db()
    assert (placement.state, worker.status) == ("arrived", "away")
    assert [check.months for check in placement.checks.order_by("months")] == [1, 3, 6]
    take(page, pictures, "13-station-placement")


def see(page: Page, phone: Page, pictures: Path) -> None:
    """The county officer sees the arrival counted, at the desk and on the phone."""
    page.goto("/dashboards/")
    arrived = page.locator(".funnel li").last
    expect(arrived).to_contain_text(re.compile(r"已到岗\s*1"))
    take(page, pictures, "14-county-dashboard")
    page.goto("/dashboards/flows/")
    expect(page.locator("main")).to_contain_text("海州")
    take(page, pictures, "15-county-flows")
    phone.goto("/dashboards/")
    take(phone, pictures, "16-county-phone")
