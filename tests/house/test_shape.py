"""Files stay short, rooms have their names, engines stand alone, and generated pages are fresh."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from statistics import median

import pytest
from django.core.management import call_command

from .source import PACKAGE, ROOT, Module, calls, chain, modules

MOST_LINES = 400
LONGEST_FUNCTION = 60
FORBIDDEN = {
    "utils",
    "helpers",
    "constants",
    "managers",
    "serializers",
    "mixins",
    "services",
    "selectors",
    "common",
}


def too_long(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each file past 400 lines and each function past 60."""
    found = []
    for module in sources:
        lines = module.text.count("\n")
        if lines > MOST_LINES:
            found.append(f"{module.path} has {lines} lines: a folder of the same name, or a simpler design?")
        for node in ast.walk(module.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _length(node) > LONGEST_FUNCTION:
                found.append(
                    f"{module.path}:{node.lineno} {node.name} has {_length(node)} lines: which promise is which?"
                )
    return found


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def misplaced(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each file whose name says nothing about what is in it."""
    return [
        f"{module.path}: no `{Path(module.path).stem}` here; name the file after the noun or the promise it holds."
        for module in sources
        if FORBIDDEN & set(Path(module.path).with_suffix("").parts)
    ]


def unexplained(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each file that does not say in its first line what it is for."""
    return [
        f"{module.path} begins with no docstring: say in one sentence what the file is for."
        for module in sources
        if module.text.strip() and not ast.get_docstring(module.tree)
    ]


def engines_without_the_framework(names: Iterable[str]) -> list[str]:
    """Return a sentence for each engine that cannot be imported where the web framework is absent."""
    found = []
    for name in names:
        code = f"import sys; sys.modules['django'] = None; import zhitong.engines.{name}"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
        )
        if done.returncode:
            found.append(
                f"zhitong.engines.{name} needs the web framework: {done.stderr.strip().splitlines()[-1]}"
            )
    return found


def stale_pages(fresh: dict[str, str], folder: Path) -> list[str]:
    """Return a sentence for each generated page that differs from what would be generated now."""
    return [
        f"docs/reference/{name} is stale: run `make docs`."
        for name, text in fresh.items()
        if not (folder / name).exists() or (folder / name).read_text("utf-8") != text
    ]


def test_files_and_functions_are_short() -> None:
    assert too_long(modules()) == []


def test_half_of_all_functions_have_at_most_nine_lines() -> None:
    lengths = [
        _length(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    assert median(lengths) <= 9


def test_names_say_what_is_inside() -> None:
    assert misplaced(modules()) == []


def test_every_file_says_what_it_is_for() -> None:
    assert unexplained(modules()) == []


@pytest.mark.slow
def test_engines_stand_alone() -> None:
    engines = [path.name for path in (PACKAGE / "engines").iterdir() if (path / "__init__.py").exists()]
    assert engines and engines_without_the_framework(engines) == []


def test_models_and_migrations_agree(db: None) -> None:
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out, skip_checks=True)
    assert "No changes" in out.getvalue()


def test_migrations_are_free_of_app_code() -> None:
    for path in PACKAGE.glob("*/migrations/*.py"):
        for line in path.read_text("utf-8").splitlines():
            if "import" in line and "zhitong." in line:
                assert "zhitong.kernel.privacy" in line, (
                    f"{path.name}: {line.strip()} - a migration outlives the code it imports."
                )


def test_generated_pages_are_fresh() -> None:
    from zhitong.site.reference_pages import pages

    assert stale_pages(pages(), ROOT / "docs" / "reference") == []


def test_breaches_are_found(tmp_path: Path) -> None:
    long = Module("zhitong/workers/views.py", "def f():\n" + "    x = 1\n" * 70)
    assert "which promise" in too_long([long])[0]
    assert "simpler design" in too_long([Module("zhitong/workers/views.py", "x = 1\n" * 401)])[0]
    assert "no `utils` here" in misplaced([Module("zhitong/workers/utils.py", "")])[0]
    assert "begins with no docstring" in unexplained([Module("zhitong/workers/x.py", "x = 1")])[0]
    assert "is stale" in stale_pages({"verbs.md": "new"}, tmp_path)[0]
    assert "needs the web framework" in engines_without_the_framework(["no_such_engine"])[0]


def unsure_digits(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each question after digits to which "²" says yes, which ``int`` refuses.

    Engines may ask it of what they never make a number of.
    """
    found = []
    for module in sources:
        for function in (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)):
            named = {chain(call.func)[-1] for call in calls(function)}
            unsure = named & {"isdigit", "isnumeric", "isdecimal"} and "isascii" not in named
            if unsure and ("int" in named or not module.path.startswith("zhitong/engines")):
                found.append(
                    f"{module.path}: {function.name} takes “²” for a digit; values.row_number and is_digits do not."
                )
    return found


def test_digits_are_those_that_make_a_number() -> None:
    assert unsure_digits(modules()) == []


def test_digits_unsure_are_found() -> None:
    wrong = "def f(text):\n    return int(text) if text.isdigit() else None\n"
    right = "def f(text):\n    return int(text) if text.isascii() and text.isdigit() else None\n"
    assert len(unsure_digits([Module("zhitong/workers/x.py", wrong)])) == 1
    assert unsure_digits([Module("zhitong/workers/x.py", right)]) == []
    assert len(unsure_digits([Module("zhitong/engines/x.py", wrong)])) == 1
