"""Elements of REFI-QDA by their local names, and what their attributes say."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from lxml import etree

Kind = Literal["project", "codebook"]
"""What a file holds: a project with its codebook, or a codebook alone."""


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def parent_of(element: etree._Element) -> str:
    """Return the name of the element that one stands in; nothing for the root."""
    parent = element.getparent()
    return "" if parent is None else local(parent)


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of these names that stand directly in one."""
    for child in () if element is None else element:
        if local(child) in names:
            yield child


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first element of that name that stands directly in one."""
    return next(children(element, name), None)


def inside(root: etree._Element, container: str, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of these names in every container of that name under the root."""
    for held in children(root, container):
        yield from children(held, *names)


def words(element: etree._Element | None, name: str) -> str:
    """Return the text of a child; nothing where there is none."""
    found = child(element, name)
    return "" if found is None else "".join(found.itertext())


def description(element: etree._Element) -> str:
    """Return what an element is described with, without blanks at its ends."""
    return words(element, "Description").strip()


def named(element: etree._Element) -> str:
    """Return an element's name, each stretch of white space one blank."""
    return " ".join(element.get("name", "").split())


def own(element: etree._Element) -> str:
    """Return the identifier that an element has."""
    return guid(element.get("guid"))


def user_of(element: etree._Element) -> str:
    """Return who made an element, or else who changed it last."""
    return guid(element.get("creatingUser")) or guid(element.get("modifyingUser"))


def targets(element: etree._Element, *names: str) -> tuple[str, ...]:
    """Return the identifiers that references directly in an element point to."""
    found = (guid(ref.get("targetGUID") or ref.get("guid")) for ref in children(element, *names))
    return tuple(dict.fromkeys(g for g in found if g))


def whole(written: str | None) -> int | None:
    """Return a whole number, None for what is none or has more than 15 digits."""
    said = (written or "").strip()
    digits = said.lstrip("+-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16 and len(said) < 17):
        return None
    return int(said)


def guid(written: str | None) -> str:
    """Return an identifier in lower case and without braces; what is none as it stands.

    >>> guid("{69A4332D-5B31-4915-B520-5275CFC21B40}")
    '69a4332d-5b31-4915-b520-5275cfc21b40'
    """
    return (written or "").strip().strip("{}").casefold()


def moment(written: str | None) -> str:
    """Return a date and time in ISO 8601; nothing where it is missing or none.

    >>> moment("2018-03-27T18:01:07Z"), moment("yesterday")
    ('2018-03-27T18:01:07+00:00', '')
    """
    try:
        return datetime.fromisoformat((written or "").strip()).replace(microsecond=0).isoformat()
    except ValueError:
        return ""


def free_name(name: str, taken: set[str]) -> str:
    """Return a name that is not taken in whatever case: the one wanted, or with a number."""
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{name} ({number})", number + 1
    return found
