"""What people read can be translated, words come from the glossary, and the project speaks of itself alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps

from .source import PACKAGE, ROOT, Module, chain, modules

CHINESE = re.compile(r"[一-鿿]")
TRANSLATORS = {"_", "_lazy", "_now", "_l", "gettext", "gettext_lazy", "ngettext", "gettext_noop"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
"""Translators whose sentence comes second, behind what it means here."""
NOT_INTERFACE = {
    "zhitong/site/serving.py": "what the keeper's console prints",
    "zhitong/site/archive.py": "what the keeper's console prints",
    "zhitong/site/console.py": "what the keeper's console prints",
    "zhitong/site/reference_pages.py": "generated pages for developers, in two languages",
    "zhitong/site/api.py": "the product's name",
    "zhitong/site/reference.py": "names made of names in the reference data",
    "zhitong/site/settings.py": "the product's name",
    "zhitong/site/bench_import.py": "made-up lists as villages write them",
}
NOT_INTERFACE_FOLDERS = (
    "zhitong/site/demo", "zhitong/site/commands", "zhitong/site/world", "zhitong/engines",
    "zhitong/employers/adverts",
)  # fmt: skip
TAGGED = re.compile(
    r"{%\s*(?:blocktrans\w*|blocktranslate)\b.*?{%\s*end(?:blocktrans\w*|blocktranslate)\s*%}|{%.*?%}|{{.*?}}|"
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}",
    re.DOTALL,
)
TRACES = re.compile(
    r"/"
    r"work/|\.\./shared|/root/|pypi"
    r"\.org|registry\.npm"
    r"js|\b(?:AI|LLM|Claude|GPT|Anthropic)\b|agent"
    r"ic",
)


def untranslatable(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each Chinese string in code that no translator wraps."""
    found = []
    for module in sources:
        if module.path in NOT_INTERFACE or module.path.startswith(NOT_INTERFACE_FOLDERS):
            continue
        wrapped = _wrapped(module.tree)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in wrapped:
                if CHINESE.search(node.value):
                    found.append(f"{module.path}:{node.lineno} shows {node.value[:20]!r}: wrap it in _().")
    return found


def _wrapped(tree: ast.Module) -> set[int]:
    """Return the strings inside a translator's call, and docstrings."""
    inside = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and chain(node.func)[-1] in TRANSLATORS | WITH_CONTEXT:
            inside |= {id(one) for one in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
        if isinstance(node, ast.Call) and chain(node.func)[-1] == "compile":
            inside |= {id(one) for one in ast.walk(node)}
    return inside


def untagged(templates: Iterable[tuple[str, str]]) -> list[str]:
    """Return a sentence for each template with Chinese text outside translation tags."""
    found = []
    for name, text in templates:
        bare = CHINESE.search(TAGGED.sub("", text))
        if bare is not None:
            found.append(
                f"{name} has Chinese text outside {{% translate %}}: {TAGGED.sub('', text)[bare.start() :][:20]!r}"
            )
    return found


def templates() -> list[tuple[str, str]]:
    """Return every template of ours."""
    return [
        (str(path.relative_to(ROOT)), path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("templates/**/*.html"))
    ]


def unlisted(glossary: str, nouns: Iterable[str]) -> list[str]:
    """Return a sentence for each noun that the glossary does not know."""
    known = set(re.findall(r"^\| *([A-Za-z][A-Za-z ]*?) *\|", glossary, re.MULTILINE))
    known = {"".join(word.title() for word in one.split()) for one in known}
    return [
        f"{noun} is not in docs/glossary.md: add it with its Chinese term."
        for noun in nouns
        if noun not in known
    ]


def traces(files: Iterable[Path]) -> list[str]:
    """Return a sentence for each line that speaks of something other than the project."""
    found = []
    for path in files:
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
            if TRACES.search(line):
                found.append(
                    f"{path.relative_to(ROOT)}:{number} names a workplace, a registry or a tool: {line.strip()[:60]}"
                )
    return found


def written_files() -> list[Path]:
    """Return the text files that are kept, but not what others wrote."""
    endings = {".py", ".md", ".html", ".toml", ".txt", ".sh", ".yml", ".js", ".css", ""}
    skipped = {
        ".git",
        ".venv",
        "var",
        "vendor",
        "node_modules",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
    }
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and path.suffix in endings
        and not skipped & set(path.relative_to(ROOT).parts)
        and path.stat().st_size < 1_000_000
        and path != Path(__file__)
        and ".hypothesis" not in path.parts
    ]


def test_every_sentence_can_be_translated() -> None:
    assert untranslatable(modules()) == []


def test_templates_can_be_translated() -> None:
    assert untagged(templates()) == []


def test_every_noun_is_in_the_glossary() -> None:
    nouns = [one.__name__ for one in apps.get_models() if one.__module__.startswith("zhitong.")]
    assert unlisted((ROOT / "docs" / "glossary.md").read_text("utf-8"), nouns) == []


def test_the_project_speaks_of_itself_alone() -> None:
    assert traces(written_files()) == []


def test_breaches_are_found() -> None:
    assert "wrap it" in untranslatable([Module("zhitong/workers/views.py", "title = '劳动者'\n")])[0]
    assert untranslatable([Module("zhitong/workers/views.py", "title = _('劳动者')\n")]) == []
    assert "outside" in untagged([("a.html", "<p>劳动者{{ x }}</p>")])[0]
    assert (
        untagged(
            [("a.html", "<p>{% translate '劳动者' %}{% blocktranslate %}您好{% endblocktranslate %}</p>")]
        )
        == []
    )
    assert "Wanderer is not" in unlisted("| worker | 劳动者 |", ["Worker", "Wanderer"])[0]
