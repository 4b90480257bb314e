"""Collect what the interface says: `make words`, for developers (it needs Babel).

English texts in the source become the keys of each language's catalogue; translations that
are there stay, texts that are gone leave. The catalogue is compiled for Python, and what the
parts in the browser say is written into their assets. What the floors below say is read from
their source (`below`) and stands in the catalogue under a context of its own; its templates
are written into `below.json`, where `ui.sentences` finds them.
"""

import ast
import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from workbench.ui.locale import below
from workbench.ui.sentences import CONTEXT

HERE = Path(__file__).parent
ASSETS = HERE.parent / "parts" / "assets"
_DRAWINGS = HERE.parents[1] / "formats"
"""Drawings say their words with the `Tongue` that a page gives them."""

Text = str | tuple[str, ...]

_CALLS = {"_": 1, "N_": 1, "n_": 2, "say": 1, "many": 2}
"""How many texts each function of Python takes."""
_SAID = re.compile(
    r"""\b(?:say\(|counted\([^"]*?)\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?"""
)
"""What `say` and `counted` are given in JavaScript, inside of templates too."""


def extracted() -> Iterator[tuple[str, Text]]:
    """Yield the file and each text of the source; a text with a plural is both.

    In JavaScript one and many are two texts.
    """
    for path in [*sorted(HERE.parent.rglob("*.py")), *sorted(_DRAWINGS.glob("network_*.py"))]:
        for text in python_texts(path.read_text("utf-8")):
            yield path.name, text
    for path in sorted(ASSETS.glob("*.js")):
        for text in script_texts(path.read_text("utf-8")):
            yield path.name, text


def python_texts(source: str) -> Iterator[Text]:
    """Yield the texts of a module, also those inside of f-strings.

    >>> list(python_texts("f'**{_(1 and 2)}**'; n_('{n} hit', '{n} hits', 2)"))
    [('{n} hit', '{n} hits')]
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            given = node.args[: _CALLS.get(called, 0)]
            texts = [a.value for a in given if isinstance(a, ast.Constant)]
            if texts and len(texts) == len(given):
                yield str(texts[0]) if len(texts) == 1 else tuple(map(str, texts))


def script_texts(source: str) -> Iterator[str]:
    """Yield the texts of a script of the parts.

    >>> list(script_texts('`${say("turn {0}", n)}`; counted(all.length, "{0} case", "{0} cases")'))
    ['turn {0}', '{0} case', '{0} cases']
    """
    for found in _SAID.finditer(source):
        many = found[2] if found[0].startswith("counted") else None
        yield from (json.loads(f'"{text}"') for text in (found[1], many) if text)


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(p.parent.parent.name for p in HERE.glob("*/LC_MESSAGES/workbench.po"))


def read(language: str) -> Catalog:
    """Return the catalogue of a language as it stands."""
    with _po(language).open("rb") as stream:
        return read_po(stream, locale=language)


def renewed(language: str) -> Catalog:
    """Return a catalogue with the texts of the source, and the translations that are there."""
    held, new = read(language), Catalog(locale=language, fuzzy=False)
    for _file, text in extracted():
        known = held.get(text)
        new.add(text, string=known.string if known else None)
    for text in below.sentences():
        known = held.get(text, CONTEXT)
        new.add(text, string=known.string if known else None, context=CONTEXT)
    return new


def for_parts(catalogue: Catalog) -> dict[str, str]:
    """Return what the parts in the browser say in the language of a catalogue."""
    texts = {text for file, text in extracted() if file.endswith(".js")}
    return {str(m.id): str(m.string) for m in catalogue if m.id in texts and not m.context}


def write(language: str, catalogue: Catalog) -> None:
    """Write a catalogue, its compiled form, and the texts of the parts."""
    with _po(language).open("wb") as stream:
        write_po(stream, catalogue, sort_output=True, omit_header=True, no_location=True)
    _po(language).write_text(_HEAD + _po(language).read_text("utf-8"), "utf-8")
    compiled = read(language)
    compiled.creation_date = compiled.revision_date = _ALWAYS
    with _po(language).with_suffix(".mo").open("wb") as stream:
        write_mo(stream, compiled)
    told = json.dumps(for_parts(catalogue), ensure_ascii=False, indent=1, sort_keys=True)
    (ASSETS / f"{language}.json").write_text(told + "\n", "utf-8")


_ALWAYS = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""What a compiled catalogue says of its date, so that the same texts are the same bytes."""

_HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def _po(language: str) -> Path:
    return HERE / language / "LC_MESSAGES" / "workbench.po"


def write_templates() -> None:
    """Write down what the floors below may say."""
    told = sorted(below.sentences(), key=str)
    (HERE / "below.json").write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    write_templates()
    for each in languages():
        write(each, renewed(each))
