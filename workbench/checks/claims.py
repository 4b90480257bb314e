"""What the register claims of printed and rebuilt cells: comparisons of sums.

    abstract = 1182; back + head = 1260; own total != abstract; theme-a != theme-b

A name means the printed value of a cell, `own` before it the rebuilt one. Numbers and
texts in quotation marks stand for themselves. `+ - * /` and brackets calculate;
`= != < <= > >=` compare; a semicolon separates comparisons, and all must hold.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.errors import BadValue
from workbench.model.published import CELL_NAME

Value = Decimal | str

_TOKEN = re.compile(
    rf"""\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.-])
    |"(?P<text>[^"]*)"|(?P<own>own\s+)?(?P<name>{CELL_NAME})
    |(?P<sign>!=|<=|>=|[=<>+*/()-]))""",
    re.VERBOSE,
)
_COMPARE: dict[str, Callable[[Value, Value], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_CALCULATE: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_DEEPEST = 20
_MOST_DIGITS = 15
"""Before the point and behind it; what is longer is a text, so that no sum runs away."""
_LARGEST = Decimal(10) ** _MOST_DIGITS


@dataclass(frozen=True, slots=True)
class Checked:
    """One comparison, what stands on its two sides, and whether it holds."""

    said: str
    left: Value
    right: Value
    holds: bool


def check(
    holds: str, printed: Mapping[str, str], own: Mapping[str, str] | None = None
) -> list[Checked]:
    """Return each comparison of `holds` with what it comes to.

    `printed` and `own` map the names of cells to their values as text.

    >>> [c.holds for c in check("a + b = 5; a != b", {"a": "2", "b": "3"})]
    [True, True]

    Raises:
        BadValue: it cannot be read, names a cell that is not there, or calculates with words.
    """
    parts = [p.strip() for p in _split(holds)]
    return [_Claim(p, printed, own or {}).checked() for p in parts if p]


def value(expression: str, printed: Mapping[str, str], own: Mapping[str, str]) -> Value:
    """Return what an expression without a comparison comes to; raises BadValue."""
    return _Claim(expression, printed, own, "A formula").alone()


def names(holds: str) -> set[str]:
    """Return the names of the cells that claims speak of; raises BadValue."""
    found = (t for part in _split(holds) for t in _tokens(part))
    return {t["name"] for t in found if t["name"]}


def _split(holds: str) -> list[str]:
    """Return the comparisons; a semicolon in a text in quotation marks separates nothing."""
    return re.findall(r'(?:"[^"]*"|[^;])+', holds)


def as_value(said: str) -> Value:
    """Return a printed value as a number where it is one: 1,260 and 28.8 % are.

    >>> as_value("1,260"), as_value("28.8 %"), as_value("12 or 13")
    (Decimal('1260'), Decimal('28.8'), '12 or 13')
    """
    plain = re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}(?!\d))", "", said.strip())
    plain = re.sub(r"\s*%$", "", plain).replace("−", "-")
    if re.fullmatch(rf"-?[0-9]{{1,{_MOST_DIGITS}}}(\.[0-9]{{1,{_MOST_DIGITS}}})?", plain):
        return Decimal(plain)
    return " ".join(said.split())


def _tokens(said: str) -> Iterator[dict[str, str | None]]:
    at = 0
    text = said.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise BadValue("A claim", said, "comparisons like back + head = 1260")
        yield found.groupdict()
        at = found.end()


class _Claim:
    """One comparison, read from left to right."""

    def __init__(
        self,
        said: str,
        printed: Mapping[str, str],
        own: Mapping[str, str],
        called: str = "A claim",
    ) -> None:
        self.said, self.printed, self.own, self.called = said, printed, own, called
        self.tokens = list(_tokens(said))
        self.at = self.depth = 0

    def checked(self) -> Checked:
        left = self._sum()
        compare = self._sign(_COMPARE)
        right = self._sum() if compare else left
        if not compare or self.at < len(self.tokens):
            raise self._refused("one comparison of two sides")
        if isinstance(left, Decimal) != isinstance(right, Decimal) and compare not in ("=", "!="):
            raise self._refused("numbers on both sides, or words on both")
        return Checked(self.said, left, right, bool(_COMPARE[compare](left, right)))

    def alone(self) -> Value:
        found = self._sum()
        if self.at < len(self.tokens):
            raise self._refused("one sum without a comparison")
        return found

    def _sum(self) -> Value:
        left = self._product()
        while sign := self._sign("+-"):
            left = self._calculated(sign, left, self._product())
        return left

    def _product(self) -> Value:
        left = self._term()
        while sign := self._sign("*/"):
            left = self._calculated(sign, left, self._term())
        return left

    def _term(self) -> Value:
        if self._sign("("):
            self.depth += 1
            if self.depth > _DEEPEST:
                raise self._refused(f"brackets at most {_DEEPEST} deep")
            inner = self._sum()
            if not self._sign(")"):
                raise self._refused("a closing bracket")
            self.depth -= 1
            return inner
        if self.at >= len(self.tokens):
            raise self._refused("something after its last sign")
        token = self.tokens[self.at]
        self.at += 1
        if token["number"]:
            return self._number(token["number"])
        if token["text"] is not None:
            return as_value(token["text"])
        if token["name"]:
            return self._cell(token["name"], bool(token["own"]))
        raise self._refused("a number, a text or a cell on each side of a sign")

    def _number(self, said: str) -> Decimal:
        found = as_value(said)
        if not isinstance(found, Decimal):
            raise self._refused(f"numbers of at most {_MOST_DIGITS} digits")
        return found

    def _cell(self, name: str, rebuilt: bool) -> Value:
        known = self.own if rebuilt else self.printed
        if name not in known:
            what = "rebuilt figure" if rebuilt or self.printed is self.own else "printed cell"
            raise self._refused(f"names of cells; there is no {what} {name}")
        return as_value(known[name])

    def _sign(self, wanted: str | Mapping[str, object]) -> str | None:
        token = self.tokens[self.at] if self.at < len(self.tokens) else {}
        sign = token.get("sign")
        if not sign or sign not in wanted:
            return None
        self.at += 1
        return sign

    def _calculated(self, sign: str, left: Value, right: Value) -> Value:
        if isinstance(left, str) or isinstance(right, str):
            raise self._refused("numbers where it calculates")
        try:
            found = _CALCULATE[sign](left, right)
        except ArithmeticError:
            raise self._refused("a sum that can be worked out: this divides by zero") from None
        if abs(found) > _LARGEST:
            raise self._refused(f"a sum of at most {_MOST_DIGITS} digits")
        return found

    def _refused(self, wanted: str) -> BadValue:
        return BadValue(self.called, self.said, wanted)
