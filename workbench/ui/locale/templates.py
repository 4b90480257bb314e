"""Templates of sentences: what is written, and named parts where something is put in."""

import itertools
import re
from dataclasses import dataclass
from string import Formatter

from workbench.ui.sentences import AS_WRITTEN

_KINDS_OF_NAMES = {"path": "path", "where": "path", "text": "text", "line": "n", "count": "n"}
QUOTED = re.compile("“[^”]*$")
LETTERS = re.compile("[A-Za-z]{2}")


@dataclass(frozen=True)
class Part:
    """A place in a sentence: what it is called, and whether it is said in turn."""

    name: str
    said: bool = False


Pieces = tuple[str | Part, ...]


def literal(way: Pieces) -> str:
    """Return what is written in a sentence, without its parts."""
    return "".join(piece for piece in way if isinstance(piece, str))


def formatted(text: str) -> Pieces:
    """Return the pieces of a text that is given to `str.format`; all its parts are said."""
    pieces: list[str | Part] = []
    for words, name, _spec, _conversion in Formatter().parse(text):
        pieces += [words, *([Part(name, said=True)] if name else [])]
    return tuple(pieces)


def plain_name(name: str) -> str:
    """Return a name of the source as that of a part.

    >>> plain_name("_Title")
    'title'
    """
    return re.sub(r"\W", "", name).strip("_").lower() or "name"


def written(pieces: Pieces) -> str:
    """Return a template: parts outside of quotes that stand as they are have a name of those."""
    text, taken = "", set[str]()
    for piece in pieces:
        if isinstance(piece, str):
            text += piece.replace("{", "{{").replace("}", "}}")
            continue
        name = piece.name
        if not piece.said and not QUOTED.search(text) and name not in AS_WRITTEN:
            name = _KINDS_OF_NAMES.get(name, "name")
        free = (name if n == 1 else f"{name}{n}" for n in itertools.count(1))
        name = next(one for one in free if one not in taken)
        taken.add(name)
        text += f"{{{name}}}"
    return text
