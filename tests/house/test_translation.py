"""The English catalogue is whole: every sentence is there, translated, with its placeholders, and compiled."""

from __future__ import annotations

import ast
import gettext
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

from .source import PACKAGE, Module, calls, chain, modules
from .test_text import TRANSLATORS, WITH_CONTEXT, templates

CHINESE = re.compile(r"[一-鿿、。；：，（）]")
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(?:_|n?gettext)\(\s*({LITERAL})")
PLACEHOLDER = re.compile(r"%\(\w+\)[-+ #0-9.]*[a-zA-Z]|%%|\{\w*\}|</?\w+[^>]*>")
BETWEEN = "\4"
LINE = re.compile(r'(?:(msg\w+(?:\[\d\])?) )?(".*")')


@dataclass(frozen=True)
class Entry:
    """One message of a written catalogue: a sentence, its plural, and its translations.

    Where one sentence means two things, what it means here stands before it, parted by ``BETWEEN``.
    """

    sentence: str
    plural: str
    translations: tuple[str, ...]
    is_fuzzy: bool

    @property
    def start(self) -> str:
        """What names the message in a complaint."""
        return repr(self.sentence[:30])


def entries(text: str) -> Iterator[Entry]:
    """Yield the messages of a written catalogue, but not its header."""
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if found := LINE.fullmatch(line):
                name = found[1] or name
                parts[name] = parts.get(name, "") + ast.literal_eval(found[2])
        if parts.get("msgid"):
            translations = tuple(value for key, value in parts.items() if key.startswith("msgstr"))
            is_fuzzy = re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE) is not None
            context = parts["msgctxt"] + BETWEEN if "msgctxt" in parts else ""
            yield Entry(context + parts["msgid"], parts.get("msgid_plural", ""), translations, is_fuzzy)


def unfinished(catalogue: Iterable[Entry]) -> list[str]:
    """Return a sentence for each message without a translation of its own."""
    return [
        f"{one.start} is not translated: write its English in {CATALOGUE.name} and run `make messages`."
        for one in catalogue
        if one.is_fuzzy or not all(one.translations) or is_copied(one)
    ]


def is_copied(one: Entry) -> bool:
    """Tell whether a Chinese sentence stands where its translation belongs."""
    return CHINESE.search(one.sentence) is not None and one.sentence in one.translations


def unequal(catalogue: Iterable[Entry]) -> list[str]:
    """Return a sentence for each translation with other placeholders or tags than its sentence."""
    return [
        f"{one.start} has other placeholders in {translation!r}."
        for one in catalogue
        for translation in one.translations
        if Counter(PLACEHOLDER.findall(one.sentence)) != Counter(PLACEHOLDER.findall(translation))
    ]


def uncompiled(catalogue: Iterable[Entry], compiled: Mapping[str | tuple[str, int], str]) -> list[str]:
    """Return a sentence for each message that the compiled catalogue says otherwise, or has alone."""
    written: dict[str | tuple[str, int], str] = {}
    for one in catalogue:
        if one.plural:
            written |= {(one.sentence, number): text for number, text in enumerate(one.translations)}
        else:
            written[one.sentence] = one.translations[0]
    differing = [key for key in written.keys() | compiled.keys() if written.get(key) != compiled.get(key)]
    return [f"{key!r} is compiled otherwise than written: run `make messages`." for key in differing if key]


def said_in_code(sources: Iterable[Module]) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each sentence that code hands to a translator."""
    for module in sources:
        for call in calls(module.tree):
            name, said = (
                chain(call.func)[-1],
                [one.value for one in call.args if isinstance(one, ast.Constant)],
            )
            if name in TRANSLATORS and call.args and isinstance(call.args[0], ast.Constant):
                yield f"{module.path}:{call.lineno}", str(said[0])
            elif name in WITH_CONTEXT and len(said) == 2:
                yield f"{module.path}:{call.lineno}", BETWEEN.join(str(one) for one in said)


def said_in_templates(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each sentence that a template hands to a translator."""
    for name, text in texts:
        for found in IN_TEMPLATE.finditer(templatize(text, origin=name)):
            yield name, ast.literal_eval(found[1])


def unlisted(said: Iterable[tuple[str, str]], catalogue: Iterable[Entry]) -> list[str]:
    """Return a sentence for each Chinese sentence that the catalogue does not have."""
    known = {one.sentence for one in catalogue}
    return [
        f"{place} says {text[:30]!r}, which is not in the English catalogue: run `make messages`."
        for place, text in said
        if CHINESE.search(text) and text not in known
    ]


def catalogue() -> list[Entry]:
    """Return the English catalogue as it is written."""
    return list(entries(CATALOGUE.read_text("utf-8")))


def compiled(path: Path) -> Mapping[str | tuple[str, int], str]:
    """Return a compiled catalogue as it is read when the service runs."""
    with path.open("rb") as file:
        found: Mapping[str | tuple[str, int], str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return found


def test_every_sentence_has_its_english() -> None:
    assert unfinished(catalogue()) == []


def test_placeholders_are_kept() -> None:
    assert unequal(catalogue()) == []


def test_the_compiled_catalogue_is_fresh() -> None:
    assert uncompiled(catalogue(), compiled(CATALOGUE.with_suffix(".mo"))) == []


def test_every_sentence_of_the_code_is_listed() -> None:
    assert unlisted(said_in_code(modules()), catalogue()) == []


def test_every_sentence_of_the_templates_is_listed() -> None:
    assert unlisted(said_in_templates(templates()), catalogue()) == []


def test_the_catalogue_tells_no_tales() -> None:
    assert not re.search(r"Creation-Date|Revision-Date|#: /|^#~", CATALOGUE.read_text("utf-8"), re.MULTILINE)


SPECIMEN = """msgid ""
msgstr "Language: en\\n"

#: zhitong/workers/views.py
#, python-format
msgid "第%(line)d行"
"没有写。"
msgstr "Line %(line)d is missing."

msgid "%(many)s 行"
msgid_plural "%(many)s 行"
msgstr[0] "%(many)s row"
msgstr[1] "%(many)s rows"
"""


def test_breaches_are_found() -> None:
    whole = list(entries(SPECIMEN))
    assert [one.sentence for one in whole] == ["第%(line)d行没有写。", "%(many)s 行"]
    assert unfinished(whole) == unequal(whole) == []
    assert len(unfinished(entries(SPECIMEN.replace('"%(many)s rows"', '""')))) == 1
    assert len(unfinished(entries(SPECIMEN.replace("#, python-format", "#, fuzzy, python-format")))) == 1
    assert len(unfinished(entries('msgid "您好"\nmsgstr "您好"\n'))) == 1
    assert len(unequal(entries(SPECIMEN.replace("Line %(line)d", "Line %(number)d")))) == 1
    assert len(unequal(entries('msgid "<b>好</b>"\nmsgstr "<i>Good</i>"\n'))) == 1


def test_a_stale_compiled_catalogue_is_found() -> None:
    whole = list(entries(SPECIMEN))
    fresh = {whole[0].sentence: "Line %(line)d is missing.", ("%(many)s 行", 0): "%(many)s row"}
    fresh |= {("%(many)s 行", 1): "%(many)s rows", "": "Language: en"}
    assert uncompiled(whole, fresh) == []
    assert len(uncompiled(whole, fresh | {("%(many)s 行", 1): "%(many)s row"})) == 1
    assert len(uncompiled(whole, fresh | {"旧的": "Old"})) == 1
    assert len(uncompiled(whole[1:], fresh)) == 1


def test_an_unlisted_sentence_is_found() -> None:
    whole = list(entries(SPECIMEN))
    code = "title = _('第%(line)d行' '没有写。')\nother = _now('您好')\nplain = say('再见')\n"
    assert ["您好" in one for one in unlisted(said_in_code([Module("zhitong/a.py", code)]), whole)] == [True]
    template = (
        "{% blocktranslate count many=n %}{{ many }} 行{% plural %}{{ many }} 行{% endblocktranslate %}"
        "{% trans '早' %}{{ _(\"晚\")|upper }}"
    )
    found = unlisted(said_in_templates([("a.html", template)]), whole)
    assert ["'早'" in one or "'晚'" in one for one in found] == [True, True]
    assert all("make messages" in one for one in found)


def test_what_a_sentence_means_here_is_part_of_it() -> None:
    whole = list(
        entries('msgctxt "list"\nmsgid "账号"\nmsgstr "Accounts"\n\nmsgid "账号"\nmsgstr "Account"\n')
    )
    assert [one.sentence for one in whole] == [f"list{BETWEEN}账号", "账号"]
    code = 'menu(pgettext_lazy("list", "账号"), pgettext_lazy("verb", "账号"))\n'
    [missing] = unlisted(said_in_code([Module("zhitong/a.py", code)]), whole)
    assert "verb" in missing
