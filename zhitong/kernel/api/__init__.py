"""The API: the same verbs and the same reach, for devices and partner systems.

Every verb becomes ``POST /api/<app>/<noun>/<id>/<verb>`` (``POST /api/<app>/<verb>`` where no row decides). Its
body is made from the verb's own signature: rows are given by number and must be visible to the caller, facts by
name. Nouns are read through ``Noun``: a list paged by key and one row. A ``nonce`` may be sent with any verb; sent
twice, the second answer is the first result.
"""

from ..models import CertificateKind, Industry, Job, ListLayout, Occupation, Org, Region
from .nouns import Noun, read_routes, undeclared
from .refused import refuse
from .signin import SessionAuth, TokenAuth
from .verbs import speaks_json, verb_route

NOUNS = (
    Noun(
        Org, ("name", "short_name", "kind", "parent", "host_city", "regions", "closed_on"), ("kind", "parent")
    ),
    Noun(Region, ("code", "name", "level", "parent", "began_on", "ended_on"), ("level", "parent", "code")),
    Noun(Occupation, ("code", "name", "level", "parent"), ("level", "code")),
    Noun(Industry, ("code", "name", "level", "parent"), ("level", "code")),
    Noun(CertificateKind, ("family", "code", "name", "is_current"), ("family", "code")),
    Noun(Job, ("kind", "state", "done_permille", "message", "asked_at", "finished_at"), ("state",)),
    Noun(
        ListLayout,
        ("org", "version", "listing", "name", "columns", "state", "saved_at"),
        ("org", "listing", "state"),
    ),
)
"""What of the kernel itself may be read."""

__all__ = [
    "NOUNS", "Noun", "SessionAuth", "TokenAuth", "read_routes", "refuse", "speaks_json", "undeclared", "verb_route",
]  # fmt: skip
