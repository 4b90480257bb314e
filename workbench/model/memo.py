"""Memos: what an analyst writes beside the data."""

from typing import Literal

MemoKind = Literal["method", "reflexive", "analytic", "field note"]
MEMO_KINDS: tuple[MemoKind, ...] = ("method", "reflexive", "analytic", "field note")

ANCHORS = (
    "project",
    "transcript_version",
    "case",
    "code",
    "coding",
    "cell",
    "statement",
    "node",
    "link",
    "framework_version",
)
"""What a memo can be anchored to."""

PersonRole = Literal["owner", "coder", "reader"]
PERSON_ROLES: tuple[PersonRole, ...] = ("owner", "coder", "reader")
READING_WAYS = ("read", "listened")
