"""The API of the installation: every verb of every app, and the nouns that each app lets be read."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from ninja import NinjaAPI, Router

from zhitong.kernel.action import VERBS, Verb
from zhitong.kernel.api import Noun, SessionAuth, TokenAuth, read_routes, refuse, speaks_json, verb_route
from zhitong.site.roles import ROLES

APPS = ("kernel", "workers", "employers", "matching", "dispatch", "rights")


def make_api() -> NinjaAPI:
    """Return the API with one router for each app."""
    api = NinjaAPI(
        title="直通 Zhitong",
        version="1",
        docs_url=None,
        openapi_url="/openapi.json",
        auth=[TokenAuth(), SessionAuth()],
        urls_namespace="api",
    )
    refuse(api)
    for name in APPS:
        api.add_router(f"/{name}", _router(name), tags=[str(apps.get_app_config(name).verbose_name)])
    return api


def _router(app: str) -> Router:
    router = Router()
    for noun in nouns_of(app):
        read_routes(router, noun)
    for verb in sorted(VERBS.values(), key=lambda one: one.name):
        if verb.app == app and _for_people(verb) and speaks_json(verb):
            verb_route(router, verb, _performer(verb))
    return router


def nouns_of(app: str) -> tuple[Noun, ...]:
    """Return the nouns that an app lets be read through the API."""
    try:
        module = import_module(f"zhitong.{app}.api")
    except ModuleNotFoundError:
        return ()
    return tuple(getattr(module, "NOUNS", ()))


def _for_people(verb: Verb) -> bool:
    """Tell whether a role other than the clock's holds the verb by name."""
    return any(verb.name in role.verbs for role in ROLES)


def _performer(verb: Verb) -> Any:
    return getattr(import_module(verb.module), verb.name)


api = make_api()
"""Made once; ``zhitong.site.urls`` mounts it at ``/api/``."""
