"""Frameworks as YAML files that people read, edit and keep under version control.

`framework.schema.json` says what the fields are; this module adds what a schema
cannot say: ids, numbers and names that are unique, and the hash of a release.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from workbench.errors import BadValue, InvalidFramework, ReleasedFrameworkChanged
from workbench.formats import strict_yaml
from workbench.formats.strict_yaml import Document, Place
from workbench.model.framework import Category, Code, FrameworkVersion, in_tree_order, stable_id

MAX_CODES = 5_000

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SCHEMA = "framework.schema.json"
_CODE_TEXTS = ("definition", "use_when", "not_when", "example")


def read(path: Path | str) -> FrameworkVersion:
    """Return the framework version in a file.

    Raises:
        InvalidFramework: the file does not keep to the layout; the sentence says where.
        ReleasedFrameworkChanged: the hash of a released version is not that of its content.
        BadFile: the file cannot be read at all.
    """
    return _version(strict_yaml.read(path, InvalidFramework))


def loads(text: str, path: str = "the framework") -> FrameworkVersion:
    """Return the framework version in a text; `path` is named in errors, as in `read`.

    >>> version = loads('{framework: waiting, version: "1", codes: [{name: Access}]}')
    >>> version.reference, version.codes[0].number
    ('waiting@1', '1')
    """
    return _version(strict_yaml.loads(text, path, InvalidFramework))


def slug(name: str) -> str:
    """Return the id that a category or code has when its file gives none.

    >>> slug("Easy access (to scans)")
    'easy-access-to-scans'
    """
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name).casefold()).strip("-")


def longer_slug(heading: str, name: str) -> str:
    """Return an id for one of several codes of one name, told apart by their heading.

    >>> longer_slug("Access", "Other"), longer_slug("", "Other")
    ('access-other', 'other-2')
    """
    return slug(f"{heading} {name}") if heading else f"{slug(name)}-2"


def _version(document: Document) -> FrameworkVersion:
    strict_yaml.validate(document, _SCHEMA)
    data = document.data
    reading = _Reading(document)
    reading.take()
    version = FrameworkVersion(
        framework=data["framework"],
        version=data["version"],
        categories=tuple(reading.categories),
        codes=tuple(reading.codes),
        parent=data.get("parent"),
        objective=data.get("objective") or "",
        description=data.get("description") or "",
        synthetic=data.get("synthetic") or "",
        state=data.get("state", "draft"),
        sha256=data.get("hash") or "",
    )
    _check_lineage(document, version)
    _check_hash(document, version)
    return version


def _check_lineage(document: Document, version: FrameworkVersion) -> None:
    if version.parent == version.reference:
        raise document.refused(("parent",), "a version cannot be its own parent.")


def _check_hash(document: Document, version: FrameworkVersion) -> None:
    if version.state == "draft":
        if version.sha256:
            raise document.refused(("hash",), "only a released version has a hash; delete it.")
        return
    if not version.sha256:
        raise document.refused(
            ("state",), "a released version needs its hash; write “state: draft” until it has one."
        )
    found = version.content_hash()
    if found != version.sha256:
        raise ReleasedFrameworkChanged(version.reference, version.sha256, found)


class _Reading:
    """One pass through the tree of a file: ids and numbers given, names compared."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.framework: str = document.data["framework"]
        self.categories: list[Category] = []
        self.codes: list[Code] = []
        self.seen: dict[tuple[str, str], Place] = {}
        self.numbers: dict[str, set[str]] = {"category": set(), "code": set()}

    def take(self) -> None:
        """Fill `categories` and `codes`, both in the order of `in_tree_order`."""
        top = self.document.data
        for kind, place, entry in _entries(top, ()):
            if entry.get("number"):
                self._once(f"{kind} number", entry["number"], (*place, "number"))
                self.numbers[kind].add(entry["number"])
        self._codes(top, (), None, None, "", len(top.get("categories") or ()))
        self._categories(top, (), None, "", 0)
        if len(self.codes) + len(self.categories) > MAX_CODES:
            raise self.document.refused(
                (), f"it has more than {MAX_CODES:,} categories and codes; split it."
            )

    def _categories(
        self, under: Any, place: Place, parent: str | None, number: str, before: int
    ) -> None:
        for i, entry in enumerate(under.get("categories") or ()):
            here = (*place, "categories", i)
            category = Category(
                category_id=self._id("category", entry, here, under.get("name", "")),
                number=self._number("category", entry, number, before + i + 1),
                name=entry["name"],
                definition=entry.get("definition") or "",
                parent_id=parent,
            )
            self._once(f"category name in {parent}", category.name.casefold(), (*here, "name"))
            self.categories.append(category)
            self._codes(entry, here, category.category_id, None, category.number, 0)
            inside = len(entry.get("codes") or ())
            self._categories(entry, here, category.category_id, category.number, inside)

    def _codes(
        self,
        under: Any,
        place: Place,
        category: str | None,
        parent: str | None,
        number: str,
        before: int,
    ) -> None:
        for i, entry in enumerate(under.get("codes") or ()):
            here = (*place, "codes", i)
            code = Code(
                code_id=self._id("code", entry, here, under.get("name", "")),
                number=self._number("code", entry, number, before + i + 1),
                name=entry["name"],
                origin=entry.get("origin", "a priori"),
                colour=entry.get("colour") or "",
                category_id=category,
                parent_id=parent,
                **{text: entry.get(text) or "" for text in _CODE_TEXTS},
            )
            where = f"code name in {category} {parent}"
            self._once(where, code.name.casefold(), (*here, "name"))
            self.codes.append(code)
            self._codes(entry, here, category, code.code_id, code.number, 0)

    def _id(self, kind: str, entry: Any, place: Place, heading: str) -> str:
        given = entry.get("id") or slug(entry["name"])
        at = (*place, "id") if entry.get("id") else (*place, "name")
        if not given:
            raise self.document.refused(
                at, f"no id can be made of “{entry['name']}”; add one, such as “id: {kind}-1”."
            )
        found = given if _UUID.fullmatch(given) else stable_id(self.framework, kind, given)
        advice = f"give this one another, such as “id: {longer_slug(heading, entry['name'])}”."
        self._once(f"{kind} id", found.lower(), at, said=given, advice=advice)
        return found

    def _number(self, kind: str, entry: Any, above: str, index: int) -> str:
        """Return the number in the file, or the next free one under the heading."""
        if entry.get("number") is not None:
            return str(entry["number"])
        stem = f"{above}." if above else ""
        while f"{stem}{index}" in self.numbers[kind]:
            index += 1
        self.numbers[kind].add(f"{stem}{index}")
        return f"{stem}{index}"

    def _once(
        self, what: str, value: str, place: Place, *, said: str = "", advice: str = "change one."
    ) -> None:
        first = self.seen.setdefault((what, value), place)
        if first == place:
            return
        kind, field = what.split(" ")[:2]
        raise self.document.refused(
            place,
            f"the {field} “{said or value}” is that of another {kind} already "
            f"({self.document.where(first[:-1])}); {advice}",
        )


def _entries(under: Any, place: Place) -> Iterator[tuple[str, Place, Any]]:
    """Yield (kind, place, entry) of every category and code in the file."""
    for kind, group in (("category", "categories"), ("code", "codes")):
        for i, entry in enumerate(under.get(group) or ()):
            yield kind, (*place, group, i), entry
            yield from _entries(entry, (*place, group, i))


# --- writing ---------------------------------------------------------------------


def dumps(version: FrameworkVersion) -> str:
    """Return a framework version as YAML; `loads` gives back the same version.

    Raises:
        BadValue: categories or codes are not in tree order (see `in_file_order`), or
            an id is not a UUID.
        InvalidFramework: the version breaks a rule that files keep: two codes of one
            number, a name of blanks, a NUL in a text.
        ReleasedFrameworkChanged: the version is released and its hash is another.
    """
    if in_file_order(version) != version:
        raise BadValue(
            f"The order of {version.reference}",
            "another than that of its tree",
            "each code under its category and each category under its parent",
        )
    text = yaml.dump(
        _as_data(version),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=96,
        indent=2,
    )
    if loads(text, version.reference) != version:
        raise BadValue(f"The framework {version.reference}", "written and read again", "plain text")
    return str(text)


def in_file_order(version: FrameworkVersion) -> FrameworkVersion:
    """Return the version with its categories and codes in the order a file has them.

    Each stands under its parent; siblings keep their order. Categories and codes
    whose parent is not in the version have no place in a tree and are not in it.
    """
    nodes = [node for _, node in in_tree_order(version)]
    return replace(
        version,
        categories=tuple(n for n in nodes if isinstance(n, Category)),
        codes=tuple(n for n in nodes if isinstance(n, Code)),
    )


def _as_data(version: FrameworkVersion) -> dict[str, Any]:
    return {
        "framework": version.framework,
        "version": version.version,
        "parent": version.parent,
        "objective": version.objective,
        "description": version.description,
        "synthetic": version.synthetic,
        "state": version.state,
        **({"hash": version.sha256} if version.sha256 else {}),
        **_Tree(version).under(None, None, ""),
    }


class _Tree:
    """Categories and codes by what they stand under."""

    def __init__(self, version: FrameworkVersion) -> None:
        self.framework = version.framework
        self.categories: dict[str | None, list[Category]] = defaultdict(list)
        for category in version.categories:
            self.categories[category.parent_id].append(category)
        self.codes: dict[tuple[str | None, str | None], list[Code]] = defaultdict(list)
        for code in version.codes:
            self.codes[code.category_id, code.parent_id].append(code)

    def under(self, category: str | None, code: str | None, heading: str) -> dict[str, Any]:
        """Return the lists “codes” and “categories” of one heading; empty ones are left out."""
        codes = [self._code(c, heading) for c in self.codes[category, code]]
        below = [] if code else [self._category(c, heading) for c in self.categories[category]]
        lists = {"codes": codes, "categories": below}
        order = lists if category else reversed(lists)
        return {name: lists[name] for name in order if lists[name]}

    def _category(self, category: Category, heading: str) -> dict[str, Any]:
        return {
            "id": self._id("category", category.category_id, category.name, heading),
            "number": category.number,
            "name": category.name,
            "definition": category.definition,
            **self.under(category.category_id, None, category.name),
        }

    def _code(self, code: Code, heading: str) -> dict[str, Any]:
        texts = {t: getattr(code, t) for t in _CODE_TEXTS if getattr(code, t) or t == "definition"}
        return {
            "id": self._id("code", code.code_id, code.name, heading),
            "number": code.number,
            "name": code.name,
            **texts,
            "origin": code.origin,
            **({"colour": code.colour} if code.colour else {}),
            **self.under(code.category_id, code.code_id, code.name),
        }

    def _id(self, kind: str, own: str, name: str, heading: str) -> str:
        """Return the slug that stands for an id where the names give it, else the UUID."""
        for likely in (slug(name), longer_slug(heading, name)):
            if likely and own == stable_id(self.framework, kind, likely):
                return likely
        if not _UUID.fullmatch(own):
            raise BadValue(f"The id of the {kind} “{name}”", own, "a UUID")
        return own


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and nothing as a reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str:
    """Return the YAML style of a text: only in quotes does every letter survive."""
    if not text.replace("\n", "").isprintable():
        return '"'
    return "|" if _fits_a_block(text) else ""


def _fits_a_block(text: str) -> bool:
    """Tell whether a text survives as a block: no line begins or ends in white space."""
    lines = text.removesuffix("\n").split("\n")
    return "\n" in text and all(line and line == line.strip() for line in lines)


_Dumper.add_representer(str, _text)


def example() -> str:
    """Return a small framework file with comments, to start an own one from."""
    return (
        resources.files("workbench.formats").joinpath("example_framework.yaml").read_text("utf-8")
    )
