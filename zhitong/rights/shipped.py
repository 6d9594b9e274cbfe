"""The answers that come with the house: one file, each answer with the law that it rests on."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def shipped() -> tuple[list[str], list[dict[str, Any]]]:
    """Return the topics in their order, and the facts of each answer with its topic by name."""
    told = tomllib.loads((files(__package__) / "data" / "answers.toml").read_text("utf-8"))
    common = {"valid_from": told["valid_from"]}
    return told["topics"], [{**common, **one, "text": one["text"].strip()} for one in told["answers"]]
