"""Frameworks as YAML files that people read, edit and keep under version control.

`framework.schema.json` says what the fields are; this module adds what a schema
cannot say: ids, numbers and names that are unique, and the hash of a release.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from workbench.errors import BadValue, InvalidFramework, ReleasedFrameworkChanged
from workbench.formats import framework_steps, strict_yaml, yaml_writing
from workbench.formats.framework_ids import Written, all_written, id_of, longer_slug, slug
from workbench.formats.strict_yaml import Document, Place
from workbench.model.framework import Category, Code, FrameworkVersion, Thing, in_tree_order

MAX_CODES = 5_000

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
    version = replace(version, steps=framework_steps.steps(document, version, reading.written))
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
        self.written: Written = {}
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

    def _id(self, kind: Thing, entry: Any, place: Place, heading: str) -> str:
        given = entry.get("id") or slug(entry["name"])
        at = (*place, "id") if entry.get("id") else (*place, "name")
        if not given:
            raise self.document.refused(
                at, f"no id can be made of “{entry['name']}”; add one, such as “id: {kind}-1”."
            )
        found = id_of(self.framework, kind, given)
        advice = f"give this one another, such as “id: {longer_slug(heading, entry['name'])}”."
        self._once(f"{kind} id", found.lower(), at, said=given, advice=advice)
        self.written[kind, found] = given
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


def dumps(version: FrameworkVersion, parent: FrameworkVersion | None = None) -> str:
    """Return a framework version as YAML; `loads` gives back the same version.

    The parent helps people to read it: with it, codes that were renamed and codes of steps
    that are gone have their short ids; else they stand there as UUIDs.

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
    text = yaml_writing.dumps(_as_data(version, parent))
    if loads(text, version.reference) != version:
        raise BadValue(f"The framework {version.reference}", "written and read again", "plain text")
    return text


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


def _as_data(version: FrameworkVersion, parent: FrameworkVersion | None) -> dict[str, Any]:
    return {
        "framework": version.framework,
        "version": version.version,
        "parent": version.parent,
        "objective": version.objective,
        "description": version.description,
        "synthetic": version.synthetic,
        "state": version.state,
        **({"hash": version.sha256} if version.sha256 else {}),
        **framework_steps.as_data(version, parent),
        **_Tree(version, parent).under(None, None),
    }


class _Tree:
    """Categories and codes by what they stand under."""

    def __init__(self, version: FrameworkVersion, parent: FrameworkVersion | None) -> None:
        self.written = all_written(version, parent)
        self.categories: dict[str | None, list[Category]] = defaultdict(list)
        for category in version.categories:
            self.categories[category.parent_id].append(category)
        self.codes: dict[tuple[str | None, str | None], list[Code]] = defaultdict(list)
        for code in version.codes:
            self.codes[code.category_id, code.parent_id].append(code)

    def under(self, category: str | None, code: str | None) -> dict[str, Any]:
        """Return the lists “codes” and “categories” of one heading; empty ones are left out."""
        codes = [self._code(c) for c in self.codes[category, code]]
        below = [] if code else [self._category(c) for c in self.categories[category]]
        lists = {"codes": codes, "categories": below}
        order = lists if category else reversed(lists)
        return {name: lists[name] for name in order if lists[name]}

    def _category(self, category: Category) -> dict[str, Any]:
        return {
            "id": self.written["category", category.category_id],
            "number": category.number,
            "name": category.name,
            "definition": category.definition,
            **self.under(category.category_id, None),
        }

    def _code(self, code: Code) -> dict[str, Any]:
        texts = {t: getattr(code, t) for t in _CODE_TEXTS if getattr(code, t) or t == "definition"}
        return {
            "id": self.written["code", code.code_id],
            "number": code.number,
            "name": code.name,
            **texts,
            "origin": code.origin,
            **({"colour": code.colour} if code.colour else {}),
            **self.under(code.category_id, code.code_id),
        }


def example() -> str:
    """Return a small framework file with comments, to start an own one from."""
    return (
        resources.files("workbench.formats").joinpath("example_framework.yaml").read_text("utf-8")
    )
