"""Cells filled at one go: the words of their codings as verbatim statements."""

from workbench.errors import UnknownName
from workbench.model.report import counted
from workbench.project.edits.cells import Chart, cite
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

Place = tuple[str, int, int]


@edit("fill cell")
def fill_cell(act: Act, case: str, code: str, *, framework: str | None = None) -> int:
    """Write the words of a cell's codings into it, and return how many statements are new.

    Every coding that no statement of the cell cites yet becomes a verbatim statement with
    the case's own words and the coding as its evidence, in the order of the text. One that
    reaches over several stretches of the case becomes one statement a stretch, and
    codings of the same words share a statement.
    """
    chart = Chart(act, framework)
    case_row, code_row = chart.names.case(case), chart.names.code(chart.version, code)
    made = put_words(chart, case_row, code_row)
    act.says(f"Filled {case_row['label']} × {code_row['name']} with {counted(made, 'statements')}")
    return made


@edit("fill cells")
def fill_cells(act: Act, category: str, *, framework: str | None = None) -> int:
    """Fill the cells of a category's codes as `fill_cell` does; return how many statements.

    Only cells that hold nothing but comments are filled; one that was marked as empty is
    left for a person to decide.

    Raises:
        UnknownName: the framework version has no such category, or no code stands in it.
    """
    chart = Chart(act, framework)
    codes = _codes_of(chart, category)
    made = sum(
        put_words(chart, case, code)
        for case in records.find(act.connection, "case")
        for code in codes
        if _is_open(chart, case, code)
    )
    act.says(f"Filled cells of “{category}” with {counted(made, 'statements')}")
    return made


def put_words(chart: Chart, case: Row, code: Row) -> int:
    """Do what `fill_cell` does, inside an act that does more."""
    fresh = _without_statement(chart, case, code)
    if not fresh:
        return 0
    cell = chart.cell(case["id"], code["code_id"])[0]
    person = put_person(chart.act, chart.act.who)
    held = records.highest(chart.act.connection, "statement", "position", cell_id=cell["id"])
    rows = [
        {
            "cell_id": cell["id"],
            "position": held + n,
            "kind": "verbatim",
            "text": text,
            "person_id": person,
        }
        for n, (text, _) in enumerate(fresh, 1)
    ]
    ids = records.insert(chart.act, "statement", rows)
    for statement_id, (_, coding_ids) in zip(ids, fresh, strict=True):
        cite(chart.act, statement_id, coding_ids)
    chart.written(cell, case, code)
    return len(ids)


def _without_statement(chart: Chart, case: Row, code: Row) -> list[tuple[str, list[str]]]:
    """Return the words of a cell that no statement of it cites, each with its codings."""
    cited = _cited(chart, case, code)
    texts = {text: n for n, text in enumerate(chart.codings.spans(case["id"]))}
    words: dict[Place, str] = {}
    codings: dict[Place, list[str]] = {}
    for coding in chart.codings.at(case["id"], code["code_id"]):
        if coding["id"] in cited:
            continue
        parts = chart.codings.parts(coding, case["id"])
        for part, said in zip(parts, chart.codings.words(coding, case["id"]), strict=True):
            if said.strip():
                place = (coding["transcript_version_id"], *part)
                words[place] = said.strip()
                codings.setdefault(place, []).append(coding["id"])
    ordered = sorted(words, key=lambda place: (texts[place[0]], *place[1:]))
    return [(words[place], codings[place]) for place in ordered]


def _cited(chart: Chart, case: Row, code: Row) -> set[str]:
    """Return the codings that the statements of a cell cite, comments included."""
    connection = chart.act.connection
    cell = chart.held(case, code)
    statements = records.find(connection, "statement", "id", cell_id=cell["id"]) if cell else []
    evidence = records.by_column(
        connection, "statement_evidence", "statement_id", [s["id"] for s in statements]
    )
    return {str(e["coding_id"]) for rows in evidence.values() for e in rows}


def _is_open(chart: Chart, case: Row, code: Row) -> bool:
    """Whether a cell has no statement of the participants' and no mark."""
    cell = chart.held(case, code)
    return cell is None or not (cell["mark"] or chart.statements(cell))


def _codes_of(chart: Chart, category: str) -> list[Row]:
    """Return the codes that stand in a category, given by its name, number or id."""
    of = {"framework_version_id": chart.version["id"]}
    known = records.find(chart.act.connection, "category_version", **of)
    ids = {
        c["category_id"] for c in known if category in (c["category_id"], c["name"], c["number"])
    }
    codes = [c for c in chart.names.codes(chart.version) if c["category_id"] in ids]
    if not codes:
        raise UnknownName("category with codes", category, [c["name"] for c in known])
    return codes
