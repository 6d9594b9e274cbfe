"""erase_searches_of_worker: what a person looked for goes with his data."""

from __future__ import annotations

from zhitong.matching.actions import erase_searches_of_worker, save_search
from zhitong.matching.models import SavedSearch
from zhitong.matching.seeking import Wanted


def test_it_works(world, seeker):
    save_search(by=world.village_officer, worker=seeker, wanted=Wanted(words="电焊工"))
    other = save_search(by=world.village_officer, worker=world.seeker(name="别人"), wanted=Wanted())
    assert erase_searches_of_worker(by=world.system, worker=seeker) == 1
    assert list(SavedSearch.objects.all()) == [other]


def test_a_stranger_cannot(world, seeker, no):
    for somebody in (world.stranger, world.city_officer):
        assert no(erase_searches_of_worker, by=somebody, worker=seeker) in ("not_allowed", "out_of_reach")
