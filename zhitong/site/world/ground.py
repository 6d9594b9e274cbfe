"""The ground on which the imaginary county stands: its divisions and its organisations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from zhitong.kernel import actions as kernel
from zhitong.kernel.models import Account, Org, Region, RegionCode

from .county import World


def region(code: str, name: str, level: int, parent: Region | None, prefecture: Region | None) -> Region:
    """Return a new division of the imaginary county."""
    made = Region.objects.create(
        code=code.ljust(12, "0"), name=name, level=level, parent=parent, prefecture=prefecture
    )
    RegionCode.objects.create(region=made, code=made.code, valid_from=dt.date(1990, 1, 1))
    return made


def ensure_system() -> Account:
    """Return the clock's account, made anew where a test has emptied the tables."""
    found, _new = Account.objects.get_or_create(
        username="system", defaults={"name": "系统", "kind": "system", "password": "!"}
    )
    return found


def build() -> World:
    """Build the organisations and divisions of the imaginary county; people and posts come when asked for.

    Division codes begin with 59 and 58, which no province ever bore.
    """
    system = ensure_system()
    province = region("59", "样例省", 1, None, None)
    home = region("5903", "样例市", 2, province, None)
    far = region("58", "沿海省", 1, None, None)
    host = region("5801", "海州市", 2, far, None)
    county_region = region("590321", "青山县", 3, home, home)
    town_region = region("590321100", "河口镇", 4, county_region, home)
    village_region = region("590321100201", "柳树村", 5, town_region, home)
    city = Org.objects.create(name="样例市人力资源和社会保障局", kind="city_bureau", is_sample=True)
    Org.objects.filter(pk=city.pk).update(city=city)
    city.refresh_from_db()

    def below(parent: Org, kind: str, name: str, **more: Any) -> Org:
        return kernel.open_org(by=system, parent=parent, kind=kind, name=name, **more)

    county = below(city, "county_bureau", "青山县人力资源和社会保障局")
    other_county = below(city, "county_bureau", "白水县人力资源和社会保障局")
    town = below(county, "township_office", "河口镇劳务办")
    other_town = below(county, "township_office", "石桥镇劳务办")
    far_town = below(other_county, "township_office", "远坝镇劳务办")
    village = below(town, "village", "柳树村")
    world = World(
        system=system,
        city=city,
        county=county,
        other_county=other_county,
        town=town,
        other_town=other_town,
        village=village,
        other_village=below(town, "village", "枫香村"),
        far_village=below(far_town, "village", "远坝村"),
        station=below(county, "station", "青山县驻海州劳务协作站", host_city=host),
        other_station=below(other_county, "station", "白水县驻海州劳务协作站", host_city=host),
        department=below(city, "department", "样例市住房和城乡建设局"),
        home_city=home,
        host_city=host,
    )
    village.org_regions.create(region=village_region)
    town.org_regions.create(region=town_region)
    county.org_regions.create(region=county_region)
    return world
