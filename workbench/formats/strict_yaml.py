"""YAML written by people: read without the surprises of YAML.

YAML makes 1.1 of `1.10`, false of `No` and ninety of `1:30`. Where text is wanted,
such a value is refused with the advice to put it in quotes, never converted. Keys
that stand twice, aliases (a few lines of them can fill the memory) and tags (which
name types of a programming language) are refused. Every value remembers its line.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

import yaml

from workbench.errors import BadFile
from workbench.formats import contents

Place = tuple[str | int, ...]
"""The way from the top to a value: keys, and places in lists from 0."""

MAX_BYTES = 4_000_000
MAX_DEPTH = 30
MAX_VALUES = 200_000

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_KINDS = {"object": "fields (name: value)", "array": "a list", "string": "text"} | {
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "empty",
}


class Refusal(Protocol):
    """Makes the error for one problem at one place of a file: an error class of the caller."""

    def __call__(self, path: object, where: str, problem: str, /) -> BadFile:
        """Return the error."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file as plain lists, dictionaries and values, with the line of each.

    `typed` holds what stands in the file for values that YAML took for something
    other than text.
    """

    path: str
    data: Any
    refusal: Refusal
    lines: Mapping[Place, int] = field(default_factory=dict)
    typed: Mapping[Place, str] = field(default_factory=dict)

    def where(self, place: Place) -> str:
        """Return a place as a person finds it: “line 12, categories 2 › codes 3 › colour”."""
        line = next(
            (self.lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.lines),
            None,
        )
        said = [f"line {line}"] if line is not None else []
        return ", ".join(said + ([named(place)] if place else [])) or "the file"

    def refused(self, place: Place, problem: str) -> BadFile:
        """Return the error for a problem at one place."""
        return self.refusal(self.path, self.where(place), problem)

    def line(self, place: Place) -> int:
        """Return the line on which a value begins; 0 when it is not in the file."""
        return self.lines.get(place, 0)


def named(place: Place) -> str:
    """Return a place without its line.

    >>> named(("categories", 1, "codes", 2, "colour"))
    'categories 2 › codes 3 › colour'
    """
    parts: list[str] = []
    for step in place:
        if isinstance(step, int) and parts:
            parts[-1] += f" {step + 1}"
        else:
            parts.append(str(step + 1 if isinstance(step, int) else step))
    return " › ".join(parts)


def read(path: Path | str, refusal: Refusal, limit: int = MAX_BYTES) -> Document:
    """Return the YAML document in a file; raises what `contents.of` and `loads` raise."""
    data = contents.of(path, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal(path, f"line {line}", "this is not UTF-8; save the file as UTF-8.") from error
    return loads(text, path, refusal)


def loads(text: str, path: object, refusal: Refusal) -> Document:
    """Return the YAML document in a text.

    Raises:
        BadFile: made by `refusal`, when the text is not YAML, or is YAML with tags,
            aliases, keys that are not text or stand twice, or more than `MAX_DEPTH`
            levels or `MAX_VALUES` values.
    """
    reading = _Reading(str(path), refusal)
    try:
        return reading.document(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refusal(
            path,
            f"line {mark.line + 1}" if mark else "the file",
            f"this is not YAML ({error.problem or error.context}).",
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise refusal(
            path,
            f"line {line}",
            f"a control character (U+{error.character:04X}) stands here; delete it.",
        ) from error


class _Reading:
    """The events of the YAML parser, put together to values one by one."""

    def __init__(self, path: str, refusal: Refusal) -> None:
        self.path, self.refusal = path, refusal
        self.lines: dict[Place, int] = {}
        self.typed: dict[Place, str] = {}
        self.values = 0

    def document(self, text: str) -> Document:
        self.loader = yaml.SafeLoader(text)
        self._expect(yaml.StreamStartEvent)
        if isinstance(self.loader.peek_event(), yaml.StreamEndEvent):  # type: ignore[no-untyped-call]  # types-PyYAML leaves the parser's methods bare
            raise self.refusal(self.path, "the file", "it is empty.")
        self._expect(yaml.DocumentStartEvent)
        data = self._value((), self._next())
        self._expect(yaml.DocumentEndEvent)
        end = self._next()
        if not isinstance(end, yaml.StreamEndEvent):
            raise self._refused(end, "a second document (---) begins; a file holds one.")
        return Document(self.path, data, self.refusal, self.lines, self.typed)

    def _next(self) -> Any:
        return self.loader.get_event()  # type: ignore[no-untyped-call]  # as above

    def _expect(self, kind: type[yaml.Event]) -> None:
        event = self._next()
        if not isinstance(event, kind):
            raise self._refused(event, "the file ends too early.")

    def _refused(self, event: Any, problem: str) -> BadFile:
        return self.refusal(self.path, f"line {event.start_mark.line + 1}", problem)

    def _value(self, place: Place, event: Any) -> Any:
        self.lines.setdefault(place, event.start_mark.line + 1)
        self._guard(place, event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place)
        return self._scalar(place, event)

    def _guard(self, place: Place, event: Any) -> None:
        self.values += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "anchors (&) and aliases (*) are not taken; write it out.")
        if getattr(event, "tag", None):
            raise self._refused(event, f"the tag {event.tag} is not taken; delete it.")
        if len(place) > MAX_DEPTH:
            raise self._refused(event, f"this is nested more than {MAX_DEPTH} levels deep.")
        if self.values > MAX_VALUES:
            raise self._refused(event, f"the file has more than {MAX_VALUES:,} values; split it.")

    def _mapping(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            if key in found:
                raise self._refused(event, f"“{key}” stands here a second time; keep one.")
            self.lines[(*place, key)] = event.start_mark.line + 1
            found[key] = self._value((*place, key), self._next())
        return found

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            raise self._refused(event, "the name of a field must be a plain word.")
        if self._yaml_type(event) != "str":
            raise self._refused(event, f'the name of a field must be text: write "{event.value}".')
        return self._text(event)

    def _sequence(self, place: Place) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            found.append(self._value((*place, len(found)), event))
        return found

    def _scalar(self, place: Place, event: Any) -> Any:
        kind = self._yaml_type(event)
        if kind == "str":
            return self._text(event)
        if kind != "null":
            self.typed[place] = event.value
        node = yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", event.value, event.start_mark)
        try:
            return self.loader.construct_object(node)
        except (ValueError, yaml.YAMLError) as error:
            raise self._refused(
                event, f"“{event.value[:40]}” looks like a {kind} and is none; put it in quotes."
            ) from error

    def _yaml_type(self, event: Any) -> str:
        tag = self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]  # as above
        return str(tag).rpartition(":")[2]

    def _text(self, event: Any) -> str:
        value: str = event.value
        if _UNFIT.search(value):
            raise self._refused(event, "a character that no text can hold stands here; delete it.")
        return value


@cache
def schema(name: str) -> Any:
    """Return a JSON Schema (2020-12) that lies beside this module, ready to validate."""
    import jsonschema  # takes as long to load as the smallest study to import

    text = resources.files("workbench.formats").joinpath(name).read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def validate(document: Document, schema_name: str) -> None:
    """Hold a document against a schema.

    Raises:
        BadFile: made by the document's `refusal`, for the problem that stands first.
    """
    found = [
        _place_and_problem(document, e) for e in schema(schema_name).iter_errors(document.data)
    ]
    if found:
        place, problem = min(found, key=lambda p: (_line(document, p[0]), len(p[0]), str(p)))
        raise document.refused(place, problem)


def _line(document: Document, place: Place) -> int:
    return document.lines.get(place) or document.lines.get(place[:-1], 0)


def _place_and_problem(document: Document, error: Any) -> tuple[Place, str]:
    place: Place = tuple(error.absolute_path)
    wanted, found = error.validator_value, error.instance
    if error.validator == "additionalProperties":
        return _unknown_field(place, error)
    if error.validator == "required":
        missing = ", ".join(f"“{name}”" for name in wanted if name not in found)
        return place, f"{missing} is missing."
    if error.validator == "type":
        return place, _wrong_type(document, place, error)
    if error.validator == "enum":
        return place, f"“{found}” is not one of {', '.join(str(w) for w in wanted)}."
    return place, _SAID.get(error.validator, _as_described)(error)


def _unknown_field(place: Place, error: Any) -> tuple[Place, str]:
    known = list(error.schema.get("properties", {}))
    unknown = next(k for k in error.instance if k not in known)
    near = get_close_matches(unknown, known, 1)
    hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}."
    return (*place, unknown), f"“{unknown}” is not a field here; {hint}"


def _wrong_type(document: Document, place: Place, error: Any) -> str:
    wanted, found = error.validator_value, error.instance
    described = error.schema.get("description", "")
    kinds = [wanted] if isinstance(wanted, str) else wanted
    said = document.typed.get(place)
    if said is not None and "string" in kinds:
        return f'YAML does not read {said} as text; put it in quotes: "{said}".'
    if found is None:
        return "this must not be empty" + (f"; give {described}." if described else ".")
    return f"this must be {' or '.join(_KINDS[k] for k in kinds if k != 'null')}."


def _as_described(error: Any) -> str:
    described = error.schema.get("description", "something else")
    shown = f"“{error.instance}” does not fit: " if isinstance(error.instance, str) else ""
    return f"{shown}this must be {described}."


_SAID: dict[str, Callable[[Any], str]] = {
    "minLength": lambda e: "this must not be empty.",
    "minItems": lambda e: "this list must not be empty.",
    "minProperties": lambda e: "this must not be empty.",
    "maxLength": lambda e: f"this is longer than {e.validator_value:,} characters.",
    "minimum": lambda e: f"this must be {e.validator_value} or more.",
    "maximum": lambda e: f"this must be {e.validator_value} or less.",
    "uniqueItems": lambda e: "the same value stands twice in this list.",
}


def strings(values: Iterable[Any] | None) -> tuple[str, ...]:
    """Return a validated list of texts; an absent one is empty."""
    return tuple(values or ())
