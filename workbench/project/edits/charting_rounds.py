"""Charting by two: a round, in which each of two people writes an own version of the same cells.

The chart has one cell for a framework version, case and code; in a round of charting there
stand two own cells beside it, which no view of the chart reads. They hold statements of the
same kinds, under the same rules of evidence as the chart's. When both have finished, a
decision (see `deciding_cells`) writes the chart's cell; own cells stay as they are.

A round is of a released framework version, so that both write by the same definitions and no
cell loses its code. Two copies of a project, one for each person, merge without a question:
one own cell of a person in a round is the same thing in both.
"""

from collections.abc import Sequence

from workbench.errors import BadValue, Refused
from workbench.model.chart import FILLED, NOT_CHARTED
from workbench.model.report import counted
from workbench.project.edits.cells import Chart
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.edits.rounds import seed_of
from workbench.project.names import as_name
from workbench.stages.indexing import drawing
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

Place = tuple[str, str]
"""Ids of a case and a code."""


@edit("plan charting")
def plan_charting(
    act: Act,
    name: str,
    people: Sequence[str],
    framework: str | None = None,
    *,
    cases: Sequence[str] = (),
    codes: Sequence[str] = (),
    number: int | None = None,
    seed: int | None = None,
    blind: bool = True,
) -> str:
    """Plan a round in which two people chart the same cells, and return the round's id.

    Its cells are those of the `cases` and `codes` that are named, all where none is; or so
    many are drawn at random of those among them that have codings: see `drawing.drawn`, with
    “CASE × ID OF CODE” as the name of a cell. Without a `seed` it is the number of the round.
    The first of the two people is side A.

    Raises:
        Refused: there is a round of that name, it is not of two people, the framework version
            is a draft, or it is not said which cells.
        BadValue: number or seed are none.
        UnknownName: there is no such framework version, case or code.
    """
    name = as_name("The name of a round", name)
    two = list(dict.fromkeys(as_name("A handle", one) for one in people))
    if len(two) != 2:
        raise Refused("Charting by two is for two people. Name two.")
    if records.one(act.connection, "charting_round", name=name) is not None:
        raise Refused(f"There is a round of charting called “{name}” already. Choose another name.")
    chart = Chart(act, framework)
    if chart.version["state"] != "released":
        raise Refused(
            f"{chart.version['reference']} is a draft. Release it first: two people chart by the "
            "same definitions."
        )
    if not cases and not codes and number is None:
        raise Refused("Name the cases or the codes of the round, or say how many cells to draw.")
    named = _named(chart, cases, codes)
    row: Row = {"seed": None, "drawn_from": None, "blind": blind, "name": name}
    if number is not None:
        filled = _with_codings(chart)
        row["drawn_from"] = sum(place in filled for place in named)
        row["seed"] = seed_of(act.connection, "charting_round", seed)
        named = _drawn(chart, [p for p in named if p in filled], number, row["seed"])
    elif seed is not None:
        raise Refused("Cells that are named are not drawn. Leave the seed.")
    row |= {"framework_version_id": chart.version["id"]}
    row |= {
        f"{n}_id": put_person(act, one) for n, one in zip(("first", "second"), two, strict=True)
    }
    (round_id,) = records.insert(act, "charting_round", [row])
    cells = [{"charting_round_id": round_id, "case_id": a, "code_id": b} for a, b in named]
    records.insert(act, "charting_round_cell", cells)
    act.says(
        f"Planned the round of charting “{name}” of {counted(len(cells), 'cells')} for "
        f"{' and '.join(two)}"
    )
    return round_id


def _named(chart: Chart, cases: Sequence[str], codes: Sequence[str]) -> list[Place]:
    """Return the cells of cases and codes, in the order of the chart."""
    every = sorted(records.find(chart.act.connection, "case"), key=lambda c: int(c["position"]))
    of = {str(chart.names.case(c)["id"]) for c in cases}
    wanted = {str(chart.names.code(chart.version, c)["code_id"]) for c in codes}
    found = [
        (str(case["id"]), str(code["code_id"]))
        for case in every
        if not cases or case["id"] in of
        for code in chart.names.codes(chart.version)
        if not codes or code["code_id"] in wanted
    ]
    if not found:
        raise Refused("The chart has no cells yet. Bring cases in, or add codes, first.")
    return found


def _with_codings(chart: Chart) -> set[Place]:
    from workbench.project.material import Material  # loads pandas

    states = Material(chart.act.connection, chart.version["id"]).states
    columns = (states[c] for c in ("case_id", "code_id", "state"))
    filled = (NOT_CHARTED, *FILLED)
    return {(case, code) for case, code, state in zip(*columns, strict=True) if state in filled}


def _drawn(chart: Chart, places: Sequence[Place], number: int, seed: int) -> list[Place]:
    if not places:
        raise Refused("No such cell has codings to chart. Index first, or name the cells.")
    if not 0 < number <= len(places):
        raise BadValue("The number of cells to draw", number, f"1 to {len(places)}")
    by_name = {f"{chart.names.case(a)['label']} × {b}": (a, b) for a, b in places}
    return [by_name[n] for n in drawing.drawn(dict.fromkeys(by_name, ""), number, seed)]
