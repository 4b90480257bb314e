"""The ids of categories and codes as framework files write them: short words, or UUIDs."""

import re
import unicodedata
from collections.abc import Iterator

from workbench.errors import BadValue
from workbench.model.framework import FrameworkVersion, Thing, stable_id

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


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


def id_of(framework: str, thing: Thing, written: str) -> str:
    """Return the UUID that an id in the file of a framework stands for."""
    return written if UUID.fullmatch(written) else stable_id(framework, thing, written)


def as_written(framework: str, thing: Thing, own: str, name: str, heading: str) -> str:
    """Return the slug that stands for an id where the names give it, else the id.

    Raises:
        BadValue: the id is neither that of a slug nor a UUID.
    """
    for likely in (slug(name), longer_slug(heading, name)):
        if likely and own == stable_id(framework, thing, likely):
            return likely
    if not UUID.fullmatch(own):
        raise BadValue(f"The id of the {thing} “{name}”", own, "a UUID")
    return own


Written = dict[tuple[Thing, str], str]
"""Ids of categories and codes by thing, as a file writes them."""


def all_written(version: FrameworkVersion, parent: FrameworkVersion | None = None) -> Written:
    """Return every id of a version as its file writes it.

    A code with another name than it had in the parent is written as it was there.
    """
    found: Written = {
        (thing, own): as_written(version.framework, thing, own, name, heading)
        for thing, own, name, heading in _named(version)
    }
    if parent is not None and parent.framework == version.framework:
        there = all_written(parent)
        found = {(t, i): there.get((t, i), w) if w == i else w for (t, i), w in found.items()}
    return found


def _named(version: FrameworkVersion) -> Iterator[tuple[Thing, str, str, str]]:
    """Yield thing, id, name and the name of what it stands under."""
    category = {c.category_id: c.name for c in version.categories}
    code = {c.code_id: c.name for c in version.codes}
    for c in version.categories:
        yield "category", c.category_id, c.name, category.get(c.parent_id or "", "")
    for k in version.codes:
        above = code.get(k.parent_id or "") or category.get(k.category_id or "", "")
        yield "code", k.code_id, k.name, above
