"""What is sent and how operations are signed: shared by nouns and verbs."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from django.db import models
from ninja import Schema
from pydantic import ConfigDict

from ..errors import OutOfReach
from ..models import Account


class Body(Schema):
    """Whatever is sent; an unknown name is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def visible(model: type[models.Model], actor: Account, number: int) -> Any:
    """Return the row of this number within the actor's reach; raises ``OutOfReach``."""
    manager: Any = model._default_manager
    rows = manager.visible_to(actor) if hasattr(manager, "visible_to") else manager.none()
    row = rows.filter(pk=number).first()
    if row is None:
        raise OutOfReach
    return row


def sign(function: Any, name: str, arguments: Mapping[str, tuple[Any, Any]]) -> None:
    """Give a function the signature from which the library makes the operation."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("request", kind)]
    parameters += [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=default)
        for key, (hint, default) in arguments.items()
    ]
    function.__signature__ = inspect.Signature(parameters)
    function.__name__ = function.__qualname__ = name
