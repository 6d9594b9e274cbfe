"""Bring the English catalogue up to date with the sentences in code and templates, and compile it.

    make messages

Needs xgettext, msgmerge, msgattrib and msgfmt (`apt-get install gettext`). Nobody needs them to run or to test: the
compiled catalogue is kept beside the written one. A new sentence arrives with an empty translation, never with one
guessed from a sentence that looks alike; a sentence that is gone leaves. Ends with 1 while a translation is missing.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "zhitong"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
TOOLS = ("xgettext", "msgmerge", "msgattrib", "msgfmt")
KEYWORDS = (
    "_lazy", "_now", "_l", "gettext_lazy", "gettext_noop", "ngettext_lazy:1,2",
    "pgettext:1c,2", "pgettext_lazy:1c,2", "npgettext:1c,2,3", "npgettext_lazy:1c,2,3",
)  # fmt: skip
HEADER = """# English for Zhitong. Words come from docs/glossary.md.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
DATES = re.compile(r'^"(?:POT-Creation-Date|PO-Revision-Date): .*\n', re.MULTILINE)


def sources() -> list[Path]:
    """Every file of ours that may hold a sentence, in one fixed order."""
    return sorted(
        path
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".html"} and "vendor" not in path.parts and "migrations" not in path.parts
    )


def copy_as_python(path: Path, folder: Path) -> str:
    """Write a source file below the folder, a template turned into Python; returns its name in the project."""
    name = str(path.relative_to(ROOT))
    copy = folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text("utf-8")
    copy.write_text(templatize(text, origin=name) if path.suffix == ".html" else unfolded(text), "utf-8")
    return name


def unfolded(code: str) -> str:
    """The code, with what stands inside its f-strings once more at the end, because xgettext does not look there."""
    inside = [
        ast.unparse(node.value) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FormattedValue)
    ]
    return "\n".join([code, *inside])


def extract(folder: Path) -> Path:
    """Write all sentences of the sources into a template of the catalogue below the folder."""
    names = [copy_as_python(path, folder) for path in sources()]
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--add-location=file", "--no-wrap"]
    command += [f"--keyword={keyword}" for keyword in KEYWORDS]
    found = folder / "django.pot"
    subprocess.run(
        [*command, "--files-from=-", f"--output={found}"],
        input="\n".join(names), text=True, cwd=folder, check=True,
    )  # fmt: skip
    return found


def merge(found: Path) -> None:
    """Put new sentences into the catalogue, and take those out that are gone."""
    if not CATALOGUE.exists():
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(HEADER, "utf-8")
    merging = ["msgmerge", "--quiet", "--update", "--backup=none", "--no-fuzzy-matching", "--no-wrap"]
    subprocess.run([*merging, str(CATALOGUE), str(found)], check=True)
    leaving = ["msgattrib", "--no-obsolete", "--no-wrap", f"--output-file={CATALOGUE}", str(CATALOGUE)]
    subprocess.run(leaving, check=True)
    CATALOGUE.write_text(DATES.sub("", CATALOGUE.read_text("utf-8")), "utf-8")


def untranslated() -> str:
    """The sentences that wait for a translation, as the catalogue writes them."""
    waiting = subprocess.run(
        ["msgattrib", "--untranslated", "--no-wrap", str(CATALOGUE)],
        capture_output=True,
        text=True,
        check=True,
    )
    return waiting.stdout.partition("\n\n")[2]


def main() -> int:
    """Extract, merge, compile; print what waits for a translation."""
    missing = [name for name in TOOLS if shutil.which(name) is None]
    if missing:
        print(f"Missing: {', '.join(missing)}. Install them with: apt-get install gettext", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        merge(extract(Path(folder)))
    compiled = CATALOGUE.with_suffix(".mo")
    subprocess.run(
        [
            "msgfmt",
            "--check-format",
            "--check-domain",
            "--statistics",
            f"--output-file={compiled}",
            str(CATALOGUE),
        ],
        check=True,
    )
    waiting = untranslated()
    print(waiting, end="")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
