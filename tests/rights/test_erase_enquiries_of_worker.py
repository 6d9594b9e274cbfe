"""erase_enquiries_of_worker: what somebody asked goes with his data; that he asked stays."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import erase_enquiries_of_worker


def test_it_works(world, answered, worker):
    assert erase_enquiries_of_worker(by=world.system, worker=worker) == 1
    answered.refresh_from_db()
    assert (answered.text, answered.reply, answered.name, answered.telephone) == ("", "", "", None)
    assert answered.state == "closed"


def test_a_stranger_cannot(world, worker):
    with pytest.raises(NotAllowed):
        erase_enquiries_of_worker(by=world.county_officer, worker=worker)
