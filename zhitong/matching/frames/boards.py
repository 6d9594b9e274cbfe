"""The posts of a great round kept as they stood, with their cut-offs: plain numbers, and nothing about people.

Occupations and places are kept by key, since positions are those of one reading of the classifications.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, fields

import numpy as np

from zhitong.engines.matching import Posts
from zhitong.engines.matching.columns import Ints
from zhitong.matching.frames.codes import Codes
from zhitong.matching.frames.posts import Openings
from zhitong.matching.frames.reading import NONE


@dataclass(frozen=True)
class Kept:
    """The posts of a round, and the lowest claim that had a seat at each."""

    offered: Openings
    cutoff: Ints


def written(offered: Openings, codes: Codes, cutoff: Ints) -> bytes:
    """Return the posts and their cut-offs as an ``.npz`` archive."""
    posts, target = offered.posts, io.BytesIO()
    keyed = {
        "occupation": np.append(codes.occupations, NONE)[posts.occupation],
        "place": codes.places[posts.place],
        "employer": offered.employers[posts.employer],
    }
    columns = {one.name: getattr(posts, one.name) for one in fields(Posts)} | keyed
    np.savez_compressed(target, keys=offered.keys, kinds=offered.kinds, cutoff=cutoff, **columns)
    return target.getvalue()


def unfolded(data: bytes, codes: Codes) -> Kept:
    """Return what was written; posts whose place is no longer among the divisions are left out."""
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        columns = dict(held)
    keys, kinds, cutoff = (columns.pop(name) for name in ("keys", "kinds", "cutoff"))
    columns["place"] = codes.city(columns["place"])
    columns["occupation"] = codes.occupation(columns["occupation"])
    there = columns["place"] >= 0
    columns = {name: column[there] for name, column in columns.items()}
    employers, columns["employer"] = np.unique(columns["employer"], return_inverse=True)
    return Kept(Openings(keys[there], Posts(**columns), employers, kinds), cutoff[there])
