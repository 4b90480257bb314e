"""Collect what the interface says: `make words`, for developers (it needs Babel).

English texts in the source become the keys of each language's catalogue; translations that
are there stay, texts that are gone leave. The catalogue is compiled for Python, and what the
parts in the browser say is written into their assets.
"""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ASSETS = HERE.parent / "parts" / "assets"
_KEYWORDS = {"_": None, "N_": None, "n_": (1, 2), "say": None}
_METHODS = [("**.py", "python"), ("**.js", "javascript")]
_DRAWINGS = HERE.parents[1] / "formats"
"""Drawings say their words with the `Tongue` that a page gives them."""
_SPOKEN = {"N_": None, "say": None, "many": (1, 2)}

Text = str | tuple[str, ...]


def extracted() -> Iterator[tuple[str, Text]]:
    """Yield the file and each text of the source; a text with a plural is both."""
    found = extract_from_dir(HERE.parent, method_map=_METHODS, keywords=_KEYWORDS)
    for file, _, text, _, _ in found:
        yield file, text if isinstance(text, str) else tuple(text)
    for path in sorted(_DRAWINGS.glob("network_*.py")):
        for _, text, _, _ in extract_from_file("python", path, keywords=_SPOKEN):
            yield path.name, text if isinstance(text, str) else tuple(text)


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
    for _, text in extracted():
        known = held.get(text)
        new.add(text, string=known.string if known else None)
    return new


def for_parts(catalogue: Catalog) -> dict[str, str]:
    """Return what the parts in the browser say in the language of a catalogue."""
    texts = {text for file, text in extracted() if file.endswith(".js")}
    return {str(m.id): str(m.string) for m in catalogue if m.id in texts}


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


if __name__ == "__main__":
    for each in languages():
        write(each, renewed(each))
