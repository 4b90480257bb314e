"""Drafts of framework versions: begun from a version or empty, and their categories.

Each change of a draft writes its steps anew, so that they lead from its parent to it (see
`stages.framework.drafting`, which says how numbers are given too). A released version, and
one that others were made from, is not changed.
"""

import re
from dataclasses import replace
from typing import Any

from workbench.errors import BadValue, Refused
from workbench.model.framework import Category, FrameworkVersion
from workbench.project.edits.draft_rows import OpenDraft
from workbench.project.edits.draft_work import join, refuse_when_used, withdraw_marks
from workbench.project.edits.frameworks import put_framework
from workbench.project.edits.registry import edit
from workbench.project.framework_rows import as_version
from workbench.project.names import Names, as_name
from workbench.stages.framework import drafting
from workbench.store import records
from workbench.store.history import Act
from workbench.store.ids import fresh_id


@edit("begin framework")
def begin_framework(act: Act, name: str, version: str = "1", *, objective: str = "") -> str:
    """Begin a framework with an empty draft and return the draft's name@version.

    Raises:
        Refused: there is a framework of that name.
        BadValue: the name or version has other than letters, digits, - and _ (and dots).
    """
    name, version = _framework_name(name), _version_name(version)
    if records.exists(act.connection, "framework", name=name):
        raise Refused(
            f"There is a framework “{name}” already. Begin a draft from one of its versions, "
            "or choose another name."
        )
    begun = FrameworkVersion(name, version, (), (), objective=objective.strip())
    put_framework(act, begun)
    act.says(f"Began the framework {begun.reference}")
    return begun.reference


@edit("begin draft")
def begin_draft(
    act: Act,
    parent: str,
    version: str,
    *,
    objective: str | None = None,
    framework: str | None = None,
) -> str:
    """Begin a draft as a copy of another version and return its name@version.

    The parent may be a draft itself, which then stays as it is. The draft has the parent's
    objective unless another is given, and is of the same framework unless another is named.

    Raises:
        Refused: there is such a version.
        BadValue: the name or version has other than letters, digits, - and _ (and dots).
    """
    names = Names(act.connection)
    old = as_version(act.connection, names.version(parent))
    name = _framework_name(framework) if framework else old.framework
    begun = replace(
        old,
        framework=name,
        version=_version_name(version),
        parent=old.reference,
        objective=old.objective if objective is None else objective.strip(),
        state="draft",
        sha256="",
        steps=(),
    )
    if begun.reference in [v["reference"] for v in names.versions()]:
        raise Refused(f"{begun.reference} is there already. Give the draft another version.")
    put_framework(act, begun)
    act.says(f"Began the draft {begun.reference} from {begun.parent}")
    return begun.reference


def _framework_name(name: str) -> str:
    if not re.fullmatch(r"[\w-]{1,64}", name.strip()):
        raise BadValue("The name of a framework", name, "letters, digits, - and _")
    return name.strip()


def _version_name(version: str) -> str:
    if not re.fullmatch(r"[\w-][\w.-]{0,63}", version.strip()):
        raise BadValue("A version", version, "letters, digits, -, _ and dots, such as 2 or 2.1")
    return version.strip()


@edit("add category")
def add_category(
    act: Act,
    draft: str,
    name: str,
    *,
    definition: str = "",
    number: str = "",
    under: str | None = None,
    place: int | None = None,
    reason: str = "",
) -> str:
    """Add a category to a draft, at the end or at a `place` from 1, and return its id.

    It stands at the top, or `under` another category.

    Raises:
        Refused: the name is that of a category beside it, or its number is taken.
    """
    opened = OpenDraft(act, draft)
    above, _ = opened.heading(under, None)
    name = as_name("The name of a category", name)
    new = Category(fresh_id(), number.strip(), name, definition.strip(), above)
    opened.write(drafting.add(opened.draft, new, as_place(place), opened.by(reason)))
    act.says(f"Added the category “{new.name}” to {opened.reference}")
    return new.category_id


@edit("change category")
def change_category(
    act: Act,
    draft: str,
    category: str,
    *,
    name: str | None = None,
    number: str | None = None,
    definition: str | None = None,
    row_version: int | None = None,
    reason: str = "",
) -> None:
    """Change what a category of a draft is called and says; what is not given stays.

    Raises:
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
        Refused: the name is that of a category beside it, or its number is taken.
    """
    opened = OpenDraft(act, draft)
    row = opened.category(category)
    records.as_read("category_version", row, row_version)
    fields: dict[str, Any] = {"number": number, "definition": definition}
    if name is not None:
        fields["name"] = as_name("The name of a category", name)
    given = {f: v.strip() for f, v in fields.items() if v is not None}
    opened.write(
        drafting.change(opened.draft, "category", row["category_id"], given, opened.by(reason))
    )
    act.says(f"Changed the category “{row['name']}” of {opened.reference}")


@edit("move category")
def move_category(
    act: Act,
    draft: str,
    category: str,
    *,
    under: str | None = None,
    place: int | None = None,
    row_version: int | None = None,
    reason: str = "",
) -> None:
    """Move a category of a draft `under` another (“”: to the top), to a `place` from 1 there.

    Without `under` it stays where it stands and changes places; without a place it stands
    last.

    Raises:
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
        Refused: it would stand below itself, or beside another of its name.
    """
    opened = OpenDraft(act, draft)
    row = opened.category(category)
    records.as_read("category_version", row, row_version)
    above = row["parent_id"] if under is None else opened.heading(under, None)[0]
    made = drafting.move_category(
        opened.draft, row["category_id"], above, as_place(place), opened.by(reason)
    )
    opened.write(made)
    act.says(f"Moved the category “{row['name']}” of {opened.reference}")


@edit("retire category")
def retire_category(
    act: Act, draft: str, category: str, *, with_codes: bool = False, reason: str = ""
) -> None:
    """Take a category out of a draft; one that is not empty only together `with_codes`.

    Raises:
        Refused: it is not empty, or one of its codes has codings or statements in the draft.
    """
    opened = OpenDraft(act, draft)
    row = opened.category(category)
    made = drafting.retire_category(
        opened.draft, row["category_id"], opened.by(reason), with_codes=with_codes
    )
    here = {c.code_id for c in made.version.codes} | set(made.became)
    gone = [c for c in opened.names.codes(opened.row) if c["code_id"] not in here]
    refuse_when_used(act, opened.row, gone)
    withdraw_marks(act, opened.row, [c["code_id"] for c in gone])
    opened.write(made)
    join(act, opened.row, made.became, list(made.became))
    codes = f" with {len(gone)} of its codes" if gone else ""
    act.says(f"Retired the category “{row['name']}” of {opened.reference}{codes}")


def as_place(place: int | None) -> int | None:
    """Return a place among siblings, from 1.

    Raises:
        BadValue: it is none.
    """
    if place is not None and place < 1:
        raise BadValue("A place", place, "1 for the first, 2 for the second, …")
    return place
