"""Of two windows that show the same, the second to save is told, and overwrites nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from builders import ANNA, BO, Garden

from workbench import errors
from workbench.project import edits

Change = Callable[..., object]

CHANGES: dict[str, tuple[str, Callable[[Garden], list[Change]]]] = {
    "place case": (
        "placement",
        lambda g: [
            lambda t=t, **v: edits.place_case(g.project, "ways", BO, t, **v)
            for t in ("Rare", "Regular", "Rare")
        ],
    ),
    "set facet": (
        "facet",
        lambda g: [
            lambda t=t, **v: edits.set_facet(g.project, "Lists", "where", t, **v)
            for t in ("inside", "outside", "shed")
        ],
    ),
    "set attribute": (
        "attribute value",
        lambda g: [
            lambda t=t, **v: edits.set_attribute(g.project, BO, "plot", t, **v)
            for t in ("4", "5", "6")
        ],
    ),
    "mark cell": (
        "cell",
        lambda g: [
            lambda t=t, **v: edits.mark_cell(g.project, BO, "1.2", t, **v)
            for t in ("not asked", "nothing said", None)
        ],
    ),
    "change setting": (
        "setting",
        lambda g: [
            lambda t=t, **v: edits.change_setting(g.project, "doi", t, **v) for t in ("a", "b", "c")
        ],
    ),
    "decide": (
        "decision",
        lambda g: [
            lambda t=t, **v: edits.decide(g.project, "first", g.codings["tools"], t, "Yes", **v)
            for t in ("kept", "dropped", "kept")
        ],
    ),
}
"""Act → the row it changes, and three changes of it one after the other."""


def version(garden: Garden, what: str) -> int:
    """Return the version of the newest row of a kind."""
    with garden.project.reading() as connection:
        table = what.replace(" ", "_")
        query = f"SELECT row_version FROM {table} ORDER BY id DESC"
        return int(connection.exec_driver_sql(query).scalars().first() or 0)


def refused(garden: Garden, what: str, change: Change, **more: Any) -> None:
    before, acts = garden.live(), garden.acts()
    said = f"The {what} was changed by somebody else after you opened it"
    with pytest.raises(errors.ChangedMeanwhile, match=said):
        change(**more)
    assert (garden.live(), garden.acts()) == (before, acts)


@pytest.mark.parametrize("act", sorted(CHANGES))
def test_what_another_window_made_or_changed_meanwhile_is_not_overwritten(garden, act):
    what, of = CHANGES[act]
    first, second, third = of(garden)
    refused(garden, what, first, row_version=1)
    first(row_version=0)
    seen = version(garden, what)
    refused(garden, what, second, row_version=0)
    second(row_version=seen)
    refused(garden, what, third, row_version=seen)
    changed = garden.live()
    third(row_version=version(garden, what))
    assert garden.live() != changed


@pytest.mark.parametrize("act", sorted(CHANGES))
def test_who_says_no_version_changes_what_is_there(garden, act):
    states = []
    for change in CHANGES[act][1](garden):
        change()
        states.append(garden.live())
    assert states[0] != states[1] != states[2]


def cell_version(garden: Garden, text: str) -> int:
    """Return the version of the cell that holds a statement."""
    with garden.project.reading() as connection:
        holds = f"SELECT cell_id FROM statement WHERE text = '{text}'"
        query = f"SELECT row_version FROM cell WHERE id IN ({holds})"
        return int(connection.exec_driver_sql(query).scalar_one())


def test_a_review_of_a_cell_that_was_written_in_meanwhile_is_refused(garden):
    seen = cell_version(garden, "A list shares the work out.")
    edits.write_statement(garden.project, ANNA, "2.1", "A list helps.")

    def review(row_version: int) -> None:
        edits.review_cell(garden.project, ANNA, "2.1", row_version=row_version)

    refused(garden, "cell", review, row_version=seen)
    review(seen + 1)
    assert garden.project.history(1)[0]["summary"] == f"Reviewed {ANNA} × 2.1"


def test_a_role_of_a_speaker_that_was_said_meanwhile_is_not_overwritten(garden):
    def say(role: Any, row_version: int) -> None:
        edits.set_speaker_role(garden.project, "group", "Bo", role, row_version=row_version)

    say("unknown", 1)
    refused(garden, "speaker", lambda **v: say("interviewer", **v), row_version=1)
    say("interviewer", 2)
