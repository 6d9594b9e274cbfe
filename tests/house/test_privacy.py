"""Every field is declared, and the database forbids what must not be."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from zhitong.kernel.privacy import LEVELS, SealedField, privacy_of
from zhitong.site.api import APPS, nouns_of

SECRET_NAMES = ("telephone", "id_number")


def our_models() -> list[type[models.Model]]:
    """Return the models of the project."""
    return [one for one in apps.get_models() if one.__module__.startswith("zhitong.")]


def undeclared_fields(nouns: Iterable[type[models.Model]]) -> list[str]:
    """Return a sentence for each field that is not declared exactly once, and for each name without a field."""
    found = []
    for model in nouns:
        fields = {one.name for one in (*model._meta.concrete_fields, *model._meta.local_many_to_many)}
        listed = [name for level in LEVELS for name in getattr(getattr(model, "Privacy", None), level, ())]
        for name in sorted(fields - set(listed)):
            found.append(
                f"{model._meta.label}.{name} is undeclared: put it into class Privacy as open, personal or sensitive."
            )
        found += [
            f"{model._meta.label}.{name} is declared, but there is no such field."
            for name in listed
            if name not in fields
        ]
        found += [
            f"{model._meta.label}.{name} is declared twice." for name in set(listed) if listed.count(name) > 1
        ]
    return found


def unsealed(nouns: Iterable[type[models.Model]]) -> list[str]:
    """Return a sentence for each telephone or identity number that would be stored in clear text."""
    return [
        f"{model._meta.label}.{one.name} holds a telephone or identity number in clear text: use SealedField."
        for model in nouns
        for one in model._meta.concrete_fields
        if one.name.endswith(SECRET_NAMES) and not isinstance(one, SealedField)
    ]


def test_every_field_is_declared() -> None:
    assert undeclared_fields(our_models()) == []


def test_secrets_are_sealed() -> None:
    assert unsealed(our_models()) == []


def test_the_api_shows_declared_fields_only() -> None:
    for app in APPS:
        for noun in nouns_of(app):
            assert set(noun.fields) <= set(privacy_of(noun.model)), noun


def test_breaches_are_found() -> None:
    class Loose(models.Model):
        telephone = models.CharField(max_length=20)

        class Meta:
            app_label = "kernel"
            managed = False

        def __str__(self) -> str:
            return ""

    del apps.all_models["kernel"]["loose"]
    apps.clear_cache()
    assert any("is undeclared" in one for one in undeclared_fields([Loose]))
    assert "clear text" in unsealed([Loose])[0]
