"""Rows are written only by verbs."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .source import Module, calls, chain, modules

WRITES = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "update",
    "delete",
    "save",
}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
PLUMBING = {
    "zhitong/kernel/action.py": "keeps the nonce of a submission",
    "zhitong/kernel/chain.py": "writes the record itself",
    "zhitong/kernel/state.py": "claims a row on behalf of the verb that runs",
    "zhitong/kernel/bulk.py": "loads rows on behalf of the verb that runs",
    "zhitong/kernel/tallies.py": "sums up counts, which say nothing that the rows do not say",
    "zhitong/kernel/jobs.py": "stores a job's signs of life",
    "zhitong/kernel/api/signin.py": "notes when a token was last used",
    "zhitong/kernel/apps.py": "opens the clock's own account, in whose name verbs are done",
    "zhitong/site/world/county.py": "makes the code lists and the own account that no verb makes",
    "zhitong/site/world/ground.py": "lays the roots of the imaginary county, under which verbs can act",
}


def writes_outside_verbs(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each place outside ``actions`` that writes rows."""
    found = []
    for module in sources:
        if module.is_room("actions") or module.path in PLUMBING or "engines/" in module.path:
            continue
        for call in calls(module.tree):
            if _writes(call):
                found.append(
                    f"{module.path}:{call.lineno} writes rows ({'.'.join(chain(call.func)[-3:])}). Only a verb in "
                    f"zhitong/{module.app}/actions may: it asks permission and leaves a line in the record."
                )
    return found


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    names = chain(call.func)
    last = names[-1]
    if last in WRITES - {"save", "delete"}:
        return bool(MANAGERS & set(names)) or last in ("bulk_create", "bulk_update", "update_or_create")
    return last in ("save", "delete") and bool(MANAGERS & set(names) or names[0] in ("row", "instance"))


def test_rows_are_written_only_by_verbs() -> None:
    assert writes_outside_verbs(modules()) == []


def test_a_breach_is_found() -> None:
    broken = Module("zhitong/workers/views.py", "Worker.objects.filter(pk=1).update(name='x')\n")
    assert "Only a verb" in writes_outside_verbs([broken])[0]
    fine = Module("zhitong/workers/views.py", "context.update(a=1); seen.add(2)\n")
    assert writes_outside_verbs([fine]) == []
