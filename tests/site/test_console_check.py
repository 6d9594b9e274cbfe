"""zhitong check: an installation that is whole passes, and each kind of damage is found and named."""

from __future__ import annotations

import json

import pytest

from tests.site.installation import Installation

pytestmark = pytest.mark.slow

DAMAGE = """
from django.db import connection
from zhitong.kernel.models import Record
from zhitong.workers.models import Worker
from zhitong.site.secrets import home
with connection.cursor() as cursor:
    cursor.execute("UPDATE kernel_record SET verb = 'x' WHERE position = 2")
    cursor.execute("UPDATE workers_worker SET id_number_index = 7 WHERE id = (SELECT min(id) FROM workers_worker)")
    cursor.execute("DROP INDEX worker_village_name")
(home() / "sample").unlink()
(home() / "secrets.env").chmod(0o644)
"""


def test_it_works(sample: Installation) -> None:
    told = json.loads(sample.answer("check", "--json"))
    assert told["problems"] == [] and told["position"] > 100 and len(told["digest"]) == 64


def test_damage_is_found(copy: Installation) -> None:
    copy.ask(DAMAGE)
    told = json.loads(copy.answer("check", "--json", expect=1))
    assert {one["code"] for one in told["problems"]} == {
        "record_is_unbroken", "sealed_values_open", "indexes_stand", "samples_say_so", "secrets_are_their_owners",
    }  # fmt: skip


CUT = """
from zhitong.kernel.models import Record, RecordHead
end = Record.objects.order_by("-position")[5]
Record.objects.filter(position__gt=end.position).delete()
RecordHead.objects.update(position=end.position, digest=end.digest)
"""


def test_a_record_that_was_cut_off_is_found_by_an_end_noted_earlier(copy: Installation) -> None:
    told = json.loads(copy.answer("check", "--json"))
    noted = f"{told['position']}:{told['digest']}"
    assert noted in copy.zhitong("check", "--head", noted)
    copy.ask(CUT)
    assert json.loads(copy.answer("check", "--json"))["problems"] == []
    cut = json.loads(copy.answer("check", "--json", "--head", noted, expect=1))
    assert [one["code"] for one in cut["problems"]] == ["record_head_differs"]
    copy.zhitong("check", "--head", "12", expect=2)


def test_an_empty_installation(empty: Installation) -> None:
    assert "数据库结构不是最新的" in empty.zhitong("check", expect=1)
