"""Values of attributes, and moments, as the standard writes them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from workbench.errors import BadValue
from workbench.formats.refi.nodes import Node, clean
from workbench.model.case import AttributeType, attribute_value

TYPES: Mapping[AttributeType, str] = {
    "text": "Text",
    "category": "Text",
    "boolean": "Boolean",
    "integer": "Integer",
    "float": "Float",
    "date": "Date",
}
"""Type of an attribute → what the standard calls it."""


def moment(written: str) -> str:
    """Return a date and time as the standard has it; nothing where there is none.

    >>> moment("2024-05-06T10:00:00+00:00"), moment("")
    ('2024-05-06T10:00:00Z', '')
    """
    return written.replace("+00:00", "Z")


def value_node(kind: AttributeType, value: str) -> Iterator[Node]:
    """Yield the element of a value of an attribute; none for a value that is not of its type."""
    if not value.strip():
        return
    try:
        held = attribute_value("", kind, value)
    except BadValue:
        return
    if isinstance(held, bool):
        written = "true" if held else "false"
    elif isinstance(held, float):
        written = format(Decimal(repr(held)), "f")
    else:
        written = clean(str(held))
    yield Node(f"{TYPES[kind]}Value", {}, written)
