"""refuse_deletion: the data stay, for a coded reason that the person reads."""

from __future__ import annotations

import pytest

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import ask_deletion, refuse_deletion


@pytest.fixture
def refuse(world, worker, himself):
    request = ask_deletion(by=himself, worker=worker)
    asked = {"by": world.county_officer, "request": request, "reason": "law"}
    return lambda **given: refuse_deletion(**{**asked, **given})


def test_it_works(world, refuse, worker, himself):
    request = refuse()
    assert (request.state, request.reason, request.decided_by) == ("refused", "law", world.county_officer)
    line = Record.objects.told_to(worker).first()
    assert (line.verb, line.given["reason"]) == ("refuse_deletion", "law")
    page = browser(himself).get("/workers/me/").content.decode()
    assert "不予删除" in page and "保存期限未满" in page and "申请删除我的资料" in page


def test_a_stranger_cannot(world, refuse, himself):
    for account in (world.stranger, world.township_officer, world.other_county_officer):
        with pytest.raises(OutOfReach):
            refuse(by=account)
    for account in (himself, world.auditor):
        with pytest.raises(NotAllowed):
            refuse(by=account)


def test_a_reason_from_the_list_once(refuse, no):
    assert no(refuse, reason="x") == no(refuse, reason="") == "not_a_choice"
    refuse()
    assert no(refuse) == "wrong_state"


def test_the_page(world, worker, himself):
    request = ask_deletion(by=himself, worker=worker)
    url = f"/workers/deletions/{request.pk}/"
    client = browser(world.county_officer)
    assert "法律法规规定" in client.get(f"{url}refuse_deletion/").content.decode()
    assert client.post(f"{url}refuse_deletion/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}refuse_deletion/", {"reason": "law"})["Location"] == url
    assert "refuse_deletion" not in client.get(url).content.decode().split("办理记录")[0]
