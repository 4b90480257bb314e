"""A framework: categories and codes of one version, and the hash that fixes it."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Origin = Literal["a priori", "inductive", "analytic"]
ORIGINS: tuple[Origin, ...] = ("a priori", "inductive", "analytic")
VersionState = Literal["draft", "released"]
StepKind = Literal["add", "rename", "redefine", "merge", "split", "move", "retire", "reorder"]
STEP_KINDS: tuple[StepKind, ...] = (
    "add",
    "rename",
    "redefine",
    "merge",
    "split",
    "move",
    "retire",
    "reorder",
)
Thing = Literal["code", "category"]
"""What a step is about."""

_NAMESPACE = uuid.UUID("6f1d1b0e-54a2-4b63-9a0c-3d1f7f1c2b60")


@dataclass(frozen=True, slots=True)
class Category:
    """A heading that groups codes; a chart has one sheet a category."""

    category_id: str
    number: str
    name: str
    definition: str = ""
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """One column of a chart. `code_id` stays the same through all versions."""

    code_id: str
    number: str
    name: str
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    example: str = ""
    origin: Origin = "a priori"
    colour: str = ""
    """#rrggbb, or empty."""
    category_id: str | None = None
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change on the way from a parent version to its child, with who, when and why.

    `before` holds ids of the parent, `after` ids of the child; what the codes or
    categories say now stands in the child itself. To *add* has no before, to *retire* no
    after; to *merge* has one after, to *split* one before; the others change things that
    keep their ids, so that both are the same.
    """

    kind: StepKind
    thing: Thing = "code"
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    author: str = ""
    date: str = ""
    """ISO 8601: a day, a month or a year; empty when it is not known."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkVersion:
    """A framework as it stood once: what its file holds and its hash covers."""

    framework: str
    version: str
    categories: tuple[Category, ...]
    codes: tuple[Code, ...]
    parent: str | None = None
    """name@version of the version this one was made from."""
    objective: str = ""
    description: str = ""
    synthetic: str = ""
    """What is invented about it; empty when nothing is."""
    state: VersionState = "draft"
    sha256: str = ""
    """The hash a released file states; empty in a draft."""
    steps: tuple[Step, ...] = ()
    """The way from the parent; empty where nobody told it."""

    @property
    def reference(self) -> str:
        """Return name@version."""
        return f"{self.framework}@{self.version}"

    def content_hash(self) -> str:
        """Return the SHA-256 of all that a release fixes, in a canonical form.

        Categories and codes in their order, with every field; name, version, parent
        and objective; neither state nor the hash itself. Steps are part of it where
        there are any, so that a version without them has the hash it always had.
        """
        content = asdict(self)
        del content["state"], content["sha256"]
        if not self.steps:
            del content["steps"]
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def stable_id(framework: str, kind: str, slug: str) -> str:
    """Return the UUID of a code or category that its framework calls `slug`.

    The same framework and slug give the same id on every machine, so that a code
    keeps its id through the versions of a framework kept in files.
    """
    return str(uuid.uuid5(_NAMESPACE, f"{framework}\x1f{kind}\x1f{slug}"))


def definition_hash(code: Mapping[str, Any]) -> str:
    """Return a short hash of what tells a coder when to use a code.

    A cell keeps it, and is stale once the code says something else (law 7). Name
    and number may change without changing the meaning, so they are left out.
    """
    said = "\x1f".join(str(code[f] or "") for f in ("definition", "use_when", "not_when"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def in_tree_order(version: FrameworkVersion) -> Iterator[tuple[int, Category | Code]]:
    """Yield (depth, category or code) from the top, each under its parent."""
    yield from _codes_under(version, None, None, 0)
    yield from _categories_under(version, None, 0)


def _categories_under(
    version: FrameworkVersion, parent: str | None, depth: int
) -> Iterator[tuple[int, Category | Code]]:
    for category in version.categories:
        if category.parent_id == parent:
            yield depth, category
            yield from _codes_under(version, category.category_id, None, depth + 1)
            yield from _categories_under(version, category.category_id, depth + 1)


def _codes_under(
    version: FrameworkVersion, category: str | None, parent: str | None, depth: int
) -> Iterator[tuple[int, Category | Code]]:
    for code in version.codes:
        if code.category_id == category and code.parent_id == parent:
            yield depth, code
            yield from _codes_under(version, category, code.code_id, depth + 1)
