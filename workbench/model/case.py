"""Cases: who or what a row of a chart is about, and the attributes they have."""

import datetime
import math
import re
from collections.abc import Callable
from typing import Literal

from workbench.errors import BadValue

AttributeType = Literal["text", "integer", "float", "boolean", "date", "category"]
ATTRIBUTE_TYPES: tuple[AttributeType, ...] = (
    "text",
    "integer",
    "float",
    "boolean",
    "date",
    "category",
)
AttributeValue = str | int | float | bool

CASE_COLUMNS = ("case_id", "case")
"""The columns that every table of cases has: no attribute may be called so."""

_TRUE, _FALSE = {"true", "yes", "1", "ja"}, {"false", "no", "0", "nei"}


def _boolean(value: str) -> bool:
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ValueError


def _whole(value: str) -> int:
    if not re.fullmatch("[+-]?[0-9]{1,18}", value):
        raise ValueError
    return int(value)


def _number(value: str) -> float:
    number = float(value)
    if "_" in value or not math.isfinite(number):
        raise ValueError
    return number


_READ: dict[AttributeType, tuple[Callable[[str], AttributeValue], str]] = {
    "text": (str, "text"),
    "category": (str, "text"),
    "integer": (_whole, "a whole number of at most 18 digits"),
    "float": (_number, "a number"),
    "boolean": (_boolean, "yes or no"),
    "date": (lambda v: datetime.date.fromisoformat(v).isoformat(), "a date like 2021-02-28"),
}


def attribute_value(name: str, kind: AttributeType, value: str) -> AttributeValue:
    """Return the value of an attribute in its declared type; dates stay ISO text.

    Raises:
        BadValue: the text does not say a value of that type.

    >>> attribute_value("years", "integer", "12")
    12
    """
    read, wanted = _READ[kind]
    try:
        return read(value.strip())
    except ValueError:
        raise BadValue(f"The attribute “{name}”", value, wanted) from None


def attribute_type(values: list[str]) -> AttributeType:
    """Return the narrowest type that all the values have; no values are text.

    Digits that only name something, as those with leading zeros or very many, are text.

    >>> attribute_type(["3", "12"]), attribute_type(["GP", "12"]), attribute_type(["0150"])
    ('integer', 'text', 'text')
    """
    if any(re.match(r"\s*[+-]?(0[0-9]|[0-9]{19})", v) for v in values):
        return "text"
    for kind in ("integer", "float", "date"):
        if values and all(_reads_as(kind, v) for v in values):
            return kind
    words = {v.strip().lower() for v in values}
    if values and words <= {"yes", "no"} | {"true", "false"} | {"ja", "nei"}:
        return "boolean"
    return "text"


def _reads_as(kind: AttributeType, value: str) -> bool:
    try:
        _READ[kind][0](value.strip())
    except ValueError:
        return False
    return True
