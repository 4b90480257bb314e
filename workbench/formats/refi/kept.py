"""What of a project REFI-QDA has no place for, as a file of our own in the archive.

Other tools pass over it, and most drop it when they write the project again. What stands in
the project's XML too is taken from there, as somebody may have worked on it elsewhere.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import resources
from typing import Any

import jsonschema

from workbench.model.framework import Category, Code, FrameworkVersion, Step

_SCHEMA = "kept.schema.json"


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """A member of the team."""

    guid: str
    handle: str
    name: str
    role: str
    credentials: str
    occupation: str
    experience: str


@dataclass(frozen=True, slots=True)
class KeptText:
    """What is known of a transcript beside its words, of which it has the hash.

    A turn is speaker, start, start of the words, stop, and two times in milliseconds.
    """

    guid: str
    name: str
    sha256: str
    header: Mapping[str, str]
    turns: tuple[tuple[str | None, int, int, int, int | None, int | None], ...]
    speakers: Mapping[str, str]
    """Label → role."""
    layout: str
    encoding: str
    source_name: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptName:
    """The name of a case to the letter."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class KeptAttribute:
    """An attribute with its type here, and the values that the XML has otherwise, by case."""

    guid: str
    name: str
    type: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A pass of indexing, with the texts that it finished and its codings."""

    name: str
    kind: str
    blind: bool
    person: str | None
    finished: tuple[str, ...]
    codings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptMemo:
    """What a note is here: its kind, its words to the letter, and what it is about."""

    guid: str
    kind: str
    title: str
    text: str
    anchor: str
    of: str


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """A statement of a cell, with the codings that it rests on."""

    guid: str
    kind: str
    text: str
    person: str
    label: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell of the chart; `note` shows it to others, `seen` is as in `model.chart`."""

    guid: str
    case: str
    code: str
    note: str
    mark: str
    written: bool
    reviewed: bool
    definition_hash: str
    look: str
    seen: str
    statements: tuple[KeptStatement, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it. Of `frameworks` the last has the codes; those that it was made from go before."""

    settings: Mapping[str, str] = field(default_factory=dict)
    people: tuple[KeptPerson, ...] = ()
    frameworks: tuple[FrameworkVersion, ...] = ()
    texts: tuple[KeptText, ...] = ()
    cases: tuple[KeptName, ...] = ()
    attributes: tuple[KeptAttribute, ...] = ()
    runs: tuple[KeptRun, ...] = ()
    uncertain: tuple[str, ...] = ()
    looks: Mapping[str, str] = field(default_factory=dict)
    """Coding → why somebody must look at it again."""
    memos: tuple[KeptMemo, ...] = ()
    cells: tuple[KeptCell, ...] = ()

    def as_bytes(self) -> bytes:
        """Return it as JSON, the same for the same content."""
        data = {"format": 1, **asdict(self)}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=0).encode()


def parsed(content: bytes) -> Kept | None:
    """Return what `as_bytes` wrote; None where it is damaged, or of a later workbench."""
    try:
        data = json.loads(content)
        _validator().validate(data)
    except (ValueError, RecursionError, jsonschema.ValidationError):
        return None
    del data["format"]
    return Kept(
        settings=data["settings"],
        people=tuple(KeptPerson(**p) for p in data["people"]),
        frameworks=tuple(_framework(f) for f in data["frameworks"]),
        texts=tuple(
            KeptText(
                **{
                    **t,
                    "turns": tuple(tuple(turn) for turn in t["turns"]),
                    "pages": tuple(t.get("pages", ())),
                }
            )
            for t in data["texts"]
        ),
        cases=tuple(KeptName(**c) for c in data["cases"]),
        attributes=tuple(KeptAttribute(**a) for a in data["attributes"]),
        runs=tuple(
            KeptRun(**{**r, "finished": tuple(r["finished"]), "codings": tuple(r["codings"])})
            for r in data["runs"]
        ),
        uncertain=tuple(data["uncertain"]),
        looks=data["looks"],
        memos=tuple(KeptMemo(**m) for m in data["memos"]),
        cells=tuple(_cell(c) for c in data["cells"]),
    )


def _framework(data: dict[str, Any]) -> FrameworkVersion:
    steps = (
        Step(**{**s, "before": tuple(s["before"]), "after": tuple(s["after"])})
        for s in data["steps"]
    )
    trees = {
        "categories": tuple(Category(**c) for c in data["categories"]),
        "codes": tuple(Code(**c) for c in data["codes"]),
        "steps": tuple(steps),
    }
    return FrameworkVersion(**{**data, **trees})


def _cell(data: dict[str, Any]) -> KeptCell:
    statements = tuple(
        KeptStatement(**{**s, "evidence": tuple(s["evidence"])}) for s in data["statements"]
    )
    return KeptCell(**{**data, "statements": statements})


def _validator() -> jsonschema.Draft202012Validator:
    text = resources.files("workbench.formats.refi").joinpath(_SCHEMA).read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def shown(mark: str, statements: tuple[KeptStatement, ...]) -> str:
    """Return a cell as others read it: a line a statement, words of the person in quotes.

    >>> one = KeptStatement("", "verbatim", "Rain.", "", "", ())
    >>> shown("", (one, KeptStatement("", "comment", "He laughs.", "", "", ())))
    '“Rain.”\\n[He laughs.]'
    """
    around = {"verbatim": "“{}”", "comment": "[{}]"}
    lines = [around.get(s.kind, "{}").format(s.text) for s in statements]
    return "\n".join([*([f"({mark})"] if mark else []), *lines])
