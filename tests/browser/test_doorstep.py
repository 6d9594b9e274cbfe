"""Two telephones in one village, with the network cut: nothing is lost or done twice, and nobody wins silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from zhitong.kernel.models import Account
from zhitong.site.world import World, build
from zhitong.workers.actions import wipe_device
from zhitong.workers.models import Device, DoorstepEdit, FieldConflict, Worker

# What a browser does is the same beside either database; the thin pass is tried beside both.
pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

Visit = Callable[..., Page]
KEPT = """new Promise((done) => { const asked = indexedDB.open("doorstep"); asked.onsuccess = () => {
  const names = ["people", "outbox", "meta"]; const at = asked.result.transaction(names); const found = [];
  for (const name of names) at.objectStore(name).getAll().onsuccess = (event) => found.push(...event.target.result);
  at.oncomplete = () => { asked.result.close(); done(JSON.stringify(found)); }; }; })"""
SPOKEN = """(days) => new Promise((done) => { const asked = indexedDB.open("doorstep"); asked.onsuccess = () => {
  const at = asked.result.transaction(["outbox"], "readwrite"); const store = at.objectStore("outbox");
  store.getAll().onsuccess = (event) => { for (const one of event.target.result) {
    store.put({ ...one, stated_at: new Date(Date.now() - days * 86400000).toISOString() }); } };
  at.oncomplete = () => { asked.result.close(); done(); }; }; })"""
AGE = """(days) => new Promise((done) => { const asked = indexedDB.open("doorstep"); asked.onsuccess = () => {
  const at = asked.result.transaction(["meta"], "readwrite");
  at.objectStore("meta").put({ name: "syncedAt", value: Date.now() - days * 86400000 });
  at.oncomplete = () => { asked.result.close(); done(); }; }; })"""


@pytest.fixture
def world(transactional_db: None) -> World:
    """The imaginary county with one man in its village, stored for the server's threads too."""
    world = build()
    world.worker(name="陆大江")
    world.village_officer, world.county_officer  # noqa: B018
    return world


@pytest.fixture
def colleague(world: World) -> Account:
    """A second officer of the village."""
    return world.account("second_officer", "另一位劳务员", "village_officer", world.village)


def begin(page: Page, label: str) -> Page:
    """Make the telephone a device of the village, and let it keep the page."""
    page.goto("/workers/doorstep/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.locator("#label").fill(label)
    page.locator("#begin").click()
    expect(page.locator(".person").first).to_be_visible()
    return page


def cut(page: Page) -> None:
    """Cut the network, and open the page anew without it."""
    page.context.set_offline(True)
    page.goto("/workers/doorstep/")
    expect(page.locator("#network")).to_have_text("没有网络")


def rename(page: Page, name: str) -> None:
    """State another name for the man."""
    page.locator(".person").first.click()
    page.locator("#name").fill(name)
    page.get_by_role("button", name="保存到待发送").click()
    expect(page.locator("#flash")).to_contain_text("待发送")


def come_back(page: Page) -> None:
    """Be on line again, and see that the server answered for everything."""
    if page.evaluate("navigator.onLine"):
        page.locator("[data-turn=outbox]").click()
        page.locator("#sync").click()
        page.locator("[data-turn=list]").click()
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_have_text("", timeout=30_000)


def take(page: Page, pictures: Path, name: str) -> None:
    """Take a picture, and see that nothing runs over the side."""
    page.screenshot(path=pictures / f"{name}.png")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{name} runs {over} px over the side"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first-first", "second-first"])
def test_two_devices_come_back_in_either_order(
    visit: Visit, world: World, colleague: Account, pictures: Path, order: tuple[int, int]
) -> None:
    phones = [
        begin(visit(world.village_officer, phone=True), "甲"),
        begin(visit(colleague, phone=True), "乙"),
    ]
    take(phones[0], pictures, "doorstep-list")
    for phone, name in zip(phones, ("陆大河", "陆大海"), strict=True):
        cut(phone)
        rename(phone, name)
        expect(phone.locator("#waiting")).to_have_text("1")
    phones[0].locator("[data-turn=outbox]").click()
    expect(phones[0].locator("#outbox")).to_contain_text("没有网络，联网后自动发送")
    take(phones[0], pictures, "doorstep-outbox")
    assert Worker.objects.get().name == "陆大江" and not DoorstepEdit.objects.exists()
    lose_first_answer(phones[order[0]])
    for number in order:
        come_back(phones[number])
    worker, conflict = Worker.objects.get(), FieldConflict.objects.get()
    assert (worker.name, conflict.state, conflict.edits.count()) == ("陆大河", "open", 2)
    last = phones[order[1]]
    expect(last.locator(".person").first).to_contain_text("有分歧，待核定")
    last.locator("[data-turn=outbox]").click()
    expect(last.locator("#outbox")).to_contain_text("已交人核定")
    take(last, pictures, f"doorstep-contested-{order[0]}")
    decide(visit(colleague, phone=True), conflict, pictures)


def lose_first_answer(page: Page) -> None:
    """Let the first thing reach the server and its answer get lost, so that the device sends it twice."""
    lost: list[str] = []

    def once(route: object) -> None:
        if lost:
            route.continue_()  # type: ignore[attr-defined]
            return
        lost.append(route.fetch().text())  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.context.route("**/doorstep/send/", once)
    page.context.set_offline(False)
    expect(page.locator("#flash")).to_contain_text("没有网络", timeout=30_000)
    assert DoorstepEdit.objects.count() == 1 and "done" in lost[0]
    expect(page.locator("#waiting")).to_have_text("1")


def decide(page: Page, conflict: FieldConflict, pictures: Path) -> None:
    """See both values side by side, and take the other one."""
    page.goto("/workers/conflicts/")
    page.locator("main").get_by_role("link", name="陆大河").first.click()
    expect(page.locator(".side-of")).to_have_count(2)
    take(page, pictures, "doorstep-conflict")
    page.get_by_role("button", name="采用这个").click()
    page.wait_for_load_state("networkidle")
    conflict.refresh_from_db()
    assert (conflict.state, Worker.objects.get().name) == ("decided", "陆大海")


def test_a_day_at_the_doorsteps(visit: Visit, world: World, pictures: Path) -> None:
    world.worker(name="罗远行")
    page = begin(visit(world.village_officer, phone=True), "甲")
    cut(page)
    page.locator("#search").fill("lyx")
    expect(page.locator(".person")).to_have_count(1)
    page.locator(".person").click()
    take(page, pictures, "doorstep-person")
    page.locator("label").filter(has_text="在外务工").click()
    page.locator("#city").fill("海州市")
    page.locator("#telephone").fill("12")
    page.get_by_role("button", name="保存到待发送").click()
    page.locator("#search").fill("")
    number = world.identity(dt.date(1991, 3, 9))
    enter(page, "陆新来", number, pictures)
    enter(page, "陆又来", number)
    expect(page.locator("#waiting")).to_have_text("4")
    come_back(page)
    moved = Worker.objects.get(name="罗远行")
    assert (moved.status, moved.work_region) == ("away", world.host_city)
    assert Worker.objects.filter(name__in=("陆新来", "陆又来")).count() == 1
    page.locator("[data-turn=outbox]").click()
    expect(page.locator("#outbox")).to_contain_text("这个身份证号已登记：陆新来")
    expect(page.locator("#outbox")).to_contain_text("没有记入")
    assert page.locator("#outbox .bg-green-lt").count() == 2
    take(page, pictures, "doorstep-refused")
    page.get_by_role("link", name="看那份登记").click()
    expect(page.locator("h1")).to_contain_text("陆新来")


def enter(page: Page, name: str, number: str, pictures: Path | None = None) -> None:
    """Register somebody without a network."""
    page.locator("[data-turn=new]").click()
    page.locator("#name").fill(name)
    page.locator("#id_number").fill(number)
    for box in page.locator("input[name=consent]").all()[:2]:
        box.check()
    if pictures is not None:
        take(page, pictures, "doorstep-new")
    page.get_by_role("button", name="登记到待发送").click()
    expect(page.locator("#flash")).to_contain_text("待发送")


def test_a_wiped_device_loses_what_it_carries(visit: Visit, world: World, pictures: Path) -> None:
    page = begin(visit(world.village_officer, phone=True), "甲")
    cut(page)
    rename(page, "陆大河")
    assert "陆大江" in page.evaluate(KEPT)
    wipe_device(by=world.county_officer, device=Device.objects.get())
    page.context.set_offline(False)
    expect(page.locator("#flash")).to_contain_text("已从办公室清除", timeout=30_000)
    expect(page.locator("#begin")).to_be_visible()
    assert page.evaluate(KEPT) == "[]"
    assert Worker.objects.get().name == "陆大江"
    take(page, pictures, "doorstep-wiped")


def test_what_is_older_than_fourteen_days_is_deleted_without_a_network(visit: Visit, world: World) -> None:
    page = begin(visit(world.village_officer, phone=True), "甲")
    cut(page)
    page.evaluate(AGE, 13)
    page.goto("/workers/doorstep/")
    expect(page.locator(".person")).to_have_count(1)
    page.evaluate(AGE, 15)
    page.goto("/workers/doorstep/")
    expect(page.locator("#flash")).to_contain_text("超过14天")
    expect(page.locator(".person")).to_have_count(0)
    assert "陆大江" not in page.evaluate(KEPT)


def test_what_was_never_sent_is_missed_and_warned_of(visit: Visit, world: World, pictures: Path) -> None:
    page = begin(visit(world.village_officer, phone=True), "甲")
    cut(page)
    rename(page, "陆大河")
    expect(page.locator("#warning")).to_be_hidden()
    page.evaluate(SPOKEN, 11)
    page.goto("/workers/doorstep/")
    expect(page.locator("#warning")).to_contain_text("不联网发送就会删除")
    page.evaluate(SPOKEN, 15)
    page.goto("/workers/doorstep/")
    expect(page.locator("#warning")).to_contain_text("有1项没有发出就到期删除了")
    assert "陆大河" not in page.evaluate(KEPT)
    page.locator("[data-turn=outbox]").click()
    expect(page.locator("#outbox")).to_contain_text("填写：姓名")
    expect(page.locator("#outbox")).to_contain_text("请重新走访")
    take(page, pictures, "doorstep-expired")
    page.get_by_role("button", name="从本机删去").click()
    expect(page.locator("#warning")).to_be_hidden()
