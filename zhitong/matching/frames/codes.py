"""The classifications as trees of positions: occupations with their classes, cities with their provinces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import FloatField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from zhitong.engines.matching import Trees
from zhitong.kernel.models import Occupation, Org, Region
from zhitong.matching.frames.reading import NONE, Table, or_none, places_of, read

MUNICIPALITIES = ("11", "12", "31", "50")
"""Beijing, Tianjin, Shanghai, Chongqing: one labour market each, whatever district is named."""
EARTH_KM = 6371.0
ROAD_FACTOR = 1.3
"""Roads are longer than the straight line, by about so much."""
COACH_KM_PER_HOUR = 75


@dataclass(frozen=True)
class Codes:
    """Row numbers of occupations and divisions as positions in the trees.

    ``occupations`` and ``regions`` are sorted keys; ``place`` gives the tree position of each of ``regions``: its
    city, its province where it is one, and the whole city for a district of a municipality. The tree holds these
    alone, some hundreds and not every village of the country: ``places`` are their keys, ``points`` where they lie.
    """

    trees: Trees
    occupations: Table
    regions: Table
    place: Table
    places: Table
    points: np.ndarray

    def occupation(self, keys: Table) -> Table:
        """Return the positions of occupations; -1 for none."""
        return places_of(self.occupations, keys)

    def city(self, keys: Table) -> Table:
        """Return the tree positions of divisions; -1 for none."""
        found = places_of(self.regions, keys)
        return np.where(found >= 0, self.place[found], NONE)

    def minutes_from(self, org: Org, places: Table) -> Table:
        """Estimate the coach journey from the organisation's first division to each place; -1 where unknown."""
        home = org.regions.order_by("level", "code").values_list("pk", flat=True).first() if org else None
        start = self.city(np.array([NONE if home is None else home]))[0]
        if start < 0 or not len(places):
            return np.full(len(places), NONE)
        km = _great_circle(self.points[start], self.points[places])
        minutes = np.rint(np.nan_to_num(km, nan=0) * ROAD_FACTOR / COACH_KM_PER_HOUR * 60).astype(np.int64)
        return np.where(np.isnan(km), NONE, minutes)


def read_codes(divisions: QuerySet[Region] | None = None) -> Codes:
    """Read the classifications; of the divisions only some where those name all that is asked about."""
    standing = (Region.objects.all() if divisions is None else divisions).order_by("pk")
    occupations = read(Occupation.objects.order_by("pk"), "pk", "level", or_none("parent_id"))
    regions = read(standing, "pk", "level", or_none("parent_id"), or_none("prefecture_id"))
    city = _cities(regions)
    cities, place = np.unique(city, return_inverse=True)
    trees = Trees(
        occupation=_classes(occupations).astype(np.int32),
        place_parent=places_of(cities, _provinces(regions, city)[cities]).astype(np.int32),
    )
    keys = regions[:, 0]
    return Codes(trees, occupations[:, 0], keys, place, keys[cities], _points(standing)[cities])


def _classes(rows: Table) -> Table:
    """Return (occupations, 3): minor, middle and major class of each; a class stands in for its own lower ones."""
    keys, level, parent = rows.T
    own = np.arange(len(rows))
    above = places_of(keys, parent)
    classes = np.empty((len(rows), 3), np.int64)
    now = own.copy()
    for column, wanted in enumerate((3, 2, 1)):
        for _step in range(3):
            now = np.where((level[now] > wanted) & (above[now] >= 0), above[now], now)
        classes[:, column] = now
    return classes


def _cities(rows: Table) -> Table:
    """Return the row of the city that stands for each division in the tree."""
    keys, level, parent, prefecture = rows.T
    own = np.arange(len(rows))
    city = np.where((level > 2) & (prefecture >= 0), places_of(keys, prefecture), own)
    province = np.where((level[city] == 2) & (parent[city] >= 0), places_of(keys, parent[city]), city)
    begins = {code: key for key, code in Region.objects.filter(level=1).values_list("pk", "code")}
    whole = [key for code, key in begins.items() if code[:2] in MUNICIPALITIES]
    return np.where(np.isin(keys[province], whole), province, city)


def _provinces(rows: Table, place: Table) -> Table:
    """Return the row of the province of each city; -1 for everything else."""
    keys, level, parent, _prefecture = rows.T
    above = places_of(keys, parent)
    of_city = (level >= 2) & (place == np.arange(len(rows))) & (above >= 0)
    return np.where(of_city & (level[above] == 1), above, NONE)


def _points(divisions: QuerySet[Region]) -> np.ndarray:
    unknown = Value(float("1000"), output_field=FloatField())
    rows = divisions.values_list(
        Coalesce(Cast("latitude", FloatField()), unknown),
        Coalesce(Cast("longitude", FloatField()), unknown),
    ).iterator(chunk_size=50_000)
    points = np.array(list(rows), float).reshape(-1, 2)
    return np.where(points == 1000, np.nan, points)


def _great_circle(one: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Haversine distance in kilometres; NaN where a point is unknown."""
    lat, lon = np.radians(one)
    lats, lons = np.radians(others).T
    half = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(half))
