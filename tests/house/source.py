"""Reading the project's own source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "zhitong"
GENERATED = ("migrations", "static", "locale", "data")


@dataclass(frozen=True)
class Module:
    """One source file: its path from the root with slashes, its text and its tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return _parsed(self.text)

    @property
    def app(self) -> str:
        """The app or floor to which it belongs."""
        return self.path.split("/")[1]

    def is_room(self, name: str) -> bool:
        """Tell whether it is the app's room of this name: ``name.py`` or a file of the folder ``name``."""
        parts = self.path.split("/")[2:] or [""]
        return parts[0] in (name, f"{name}.py")


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def modules() -> tuple[Module, ...]:
    """Return every written file of the package."""
    return tuple(
        Module(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not set(GENERATED) & set(path.relative_to(PACKAGE).parts)
    )


def chain(node: ast.AST) -> list[str]:
    """Return the names of an attribute chain, calls left out: ``a.b().c`` is ``["a", "b", "c"]``."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, (ast.Call, ast.Subscript)):
            node = node.func if isinstance(node, ast.Call) else node.value
        else:
            break
    names.append(node.id if isinstance(node, ast.Name) else "…")
    return names[::-1]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
