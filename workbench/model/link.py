"""Links: one node acts on another, on somebody's word."""

from typing import Literal

Sign = Literal["+", "−", "±"]
SIGNS: tuple[Sign, ...] = ("+", "−", "±")
"""Strengthens, weakens (the minus sign U+2212), both."""

Basis = Literal["participant", "quote", "authors", "literature"]
BASES: tuple[Basis, ...] = ("participant", "quote", "authors", "literature")
"""On whose word: participants' accounts, a direct quotation, the analysts' reading, print."""

NEEDS_EVIDENCE: frozenset[Basis] = frozenset({"participant", "quote"})

Stance = Literal["for", "against"]
STANCES: tuple[Stance, ...] = ("for", "against")


def sign(text: str) -> Sign | None:
    """Return the sign that a person typed: -, − and ~ are understood.

    >>> sign("-"), sign("~"), sign("x")
    ('−', '±', None)
    """
    return {"+": "+", "-": "−", "−": "−", "±": "±", "~": "±", "+/-": "±", "both": "±"}.get(
        text.strip()
    )  # type: ignore[return-value]  # mypy reads the values of a dict literal as str
