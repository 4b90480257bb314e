"""Acts at random on the garden of `builders`: some are refused, the others stand."""

from collections.abc import Callable, Iterable
from typing import Any

import builders
from builders import GROUP, Garden, State
from hypothesis import strategies as st

from workbench.model.chart_file import (
    BaseCell,
    CellBack,
    ChartBack,
    ChartBase,
    Held,
    Line,
    Origin,
)
from workbench.project import edits
from workbench.project.edits.pseudonyms import Chosen
from workbench.stages.charting.returning import shown
from workbench.store import history

Act = Callable[["Chooser"], object]
Acts = list[Act]


class Chooser:
    """Draws what an act is about from what the project holds."""

    def __init__(self, garden: Garden, state: State, data: st.DataObject) -> None:
        self.garden, self.p, self.state, self.data = garden, garden.project, state, data

    def of(self, *choices: Any) -> Any:
        return self.data.draw(st.sampled_from(choices))

    def row(self, table: str, column: str = "id") -> str:
        """Return a column of some live row; an id of nothing where the table is empty."""
        return str(self.of(*[r[column] for r in self.state[table]] or ["00000000-none"]))

    def version(self, *states: str) -> str:
        """Return a framework version that is there, of one of these states."""
        held = [v for v in self.state["framework_version"] if v["state"] in states or not states]
        return "garden@" + str(self.of(*[v["version"] for v in held] or ["none"]))

    def code(self, reference: str) -> str:
        """Return the name of a code of a framework version, or one that others have."""
        number = reference.rpartition("@")[2]
        ids = [v["id"] for v in self.state["framework_version"] if v["version"] == number]
        held = [r for r in self.state["code_version"] if r["framework_version_id"] in ids]
        return str(self.of("1.1", *[r["name"] for r in held]))

    def some(self, rows: Iterable[dict[str, Any]]) -> str:
        """Return the id of one of some rows; an id of nothing where there is none."""
        return str(self.of(*[r["id"] for r in rows] or ["00000000-none"]))

    def rows(self, table: str) -> list[str]:
        ids = [r["id"] for r in self.state[table]] or ["00000000-none"]
        return self.data.draw(st.lists(st.sampled_from(ids), max_size=3))

    def number(self, most: int) -> int:
        return self.data.draw(st.integers(0, most))


def code(c: Chooser) -> None:
    start = c.number(len(GROUP))
    stop = start + c.number(40)
    coder, text, of = c.of("anna", "bo", "cato"), c.row("transcript", "name"), c.version()
    if c.of(True, False):
        edits.code(c.p, text, start, stop, c.code(of), coder=coder, framework=of)
    else:
        number = c.of("1.1", "1.2", "2.1", "2.2")
        edits.code(c.p, text, start, stop, number, coder=coder, run=c.row("run", "name"))


def several(c: Chooser) -> None:
    start, codes = c.number(len(GROUP)), c.of(["1.1", "1.2"], ["2.2"], [])
    edits.code_several(c.p, c.row("transcript", "name"), start, start + 9, codes, run="first")


def places(c: Chooser) -> None:
    where = [(c.row("transcript", "name"), n, n + c.number(20)) for n in (0, 5, c.number(90))]
    edits.code_places(c.p, where, c.of("1.1", "2.1"), run="first")


def recode(c: Chooser) -> None:
    start, stop = c.of(None, c.number(99)), c.of(None, c.number(len(GROUP)))
    number, flag = c.of(None, "1.1", "2.2"), c.of(None, True, False)
    edits.change_coding(c.p, c.row("coding"), start=start, stop=stop, code=number, uncertain=flag)


def plan_charting(c: Chooser) -> None:
    two = c.of(["anna", "bo"], ["bo", "cato"])
    drawn = c.of({"number": 1 + c.number(2)}, {"cases": [c.row("case", "label")]})
    of, blind = c.version("released"), c.of(True, False)
    edits.plan_charting(c.p, c.of("double", "twice"), two, of, blind=blind, **drawn)


def _as_other(c: Chooser, act: Callable[[], object]) -> None:
    """Do something under the name of one of three people."""
    before, c.p.who = c.p.who, c.of("anna", "bo", "cato")
    try:
        act()
    finally:
        c.p.who = before


def _cell(c: Chooser) -> tuple[str, str, str]:
    """Return a round of charting, and case and code of one of its cells."""
    held = [*c.state["charting_round_cell"]]
    cell = c.of(*held or [dict.fromkeys(("charting_round_id", "case_id", "code_id"), "none")])
    return cell["charting_round_id"], cell["case_id"], cell["code_id"]


def write_own(c: Chooser) -> None:
    where, kind = _cell(c), c.of("summary", "verbatim", "comment")
    text, evidence = c.of("Rain.", "The list"), c.of(["all"], c.rows("coding"))
    write = edits.write_own_statement
    _as_other(c, lambda: write(c.p, *where, text, kind=kind, evidence=evidence))


def finish_own(c: Chooser) -> None:
    of, case, code = _cell(c)
    where = c.of((of,), (of, case, code))
    _as_other(c, lambda: edits.finish_own_cells(c.p, *where, finished=c.of(True, True, False)))


def decide_cell(c: Chooser) -> None:
    choice, where = c.of("A", "B", "both", "neither", "other"), _cell(c)
    instead = [("Rain.", c.of("summary", "comment"), ["all"])] if choice == "other" else []
    edits.decide_cell(c.p, *where, choice, c.of("Longer.", "Said so."), instead=instead)


def code_draft(c: Chooser) -> None:
    """Give the same few words one of some codes of a draft, so that some are double."""
    of, number = c.version("draft"), c.of("1.1", "1.2", "2.1")
    edits.code(c.p, "gardener", 0, 50, number, framework=of)


def in_vivo(c: Chooser) -> None:
    start, of = c.number(len(GROUP)), c.version()
    edits.code_in_vivo(c.p, c.row("transcript", "name"), start, start + 9, framework=of)


def write(c: Chooser) -> None:
    of = c.version()
    edits.write_statement(
        c.p,
        c.row("case", "label"),
        c.code(of),
        c.of("Rain.", "The list", "Words"),
        kind=c.of("summary", "verbatim", "comment"),
        evidence=c.of(["all"], c.rows("coding")),
        framework=of,
    )


def fill(c: Chooser) -> None:
    if c.of(True, False):
        edits.fill_cells(c.p, c.of("Coming", "2"), framework="garden@1")
    else:
        case, number = c.row("case", "label"), c.of("1.1", "2.1", "2.2")
        edits.fill_cell(c.p, case, number, framework="garden@1")


def cite_words(c: Chooser) -> None:
    start, statement = c.number(len(GROUP)), c.of(None, c.row("statement"))
    case, text, number = c.row("case", "label"), c.row("transcript", "name"), c.of("1.1", "2.1")
    where = (case, number, text, start, start + c.number(40))
    edits.cite_words(c.p, *where, statement=statement, run="first", framework="garden@1")


def change(c: Chooser) -> None:
    text, kind = c.of(None, "Other words"), c.of(None, "comment", "summary")
    evidence = c.of(None, c.rows("coding"))
    edits.change_statement(c.p, c.row("statement"), text=text, kind=kind, evidence=evidence)


def take_back(c: Chooser) -> None:
    """Take a chart back of which some lines were changed, and some differ from what is here."""
    with c.p.reading() as connection:
        project_id = history.first(connection)
    versions = {v["id"]: v for v in c.state["framework_version"]}
    version = c.row("framework_version")
    base = ChartBase(Origin(project_id, "", version), "", versions.get(version, {}).get("sha256"))
    cells: dict[tuple[str, str], CellBack] = {}
    for cell in c.state["cell"]:
        if cell["framework_version_id"] != version:
            continue
        rows = [s for s in c.state["statement"] if s["cell_id"] == cell["id"]]
        rows.sort(key=lambda s: s["position"])
        held = tuple(Held(s["id"], s["kind"], c.of(s["text"], "It was."), "") for s in rows)
        lines = [line for h in held for line in c.of([], shown(h), [Line("It is.")])]
        at = (cell["case_id"], cell["code_id"])
        base.cells[at] = BaseCell("", held)
        cells[at] = CellBack("a cell", (*lines, *c.of([], [Line("New.", "italic")])))
    back = ChartBack("chart.xlsx", base, cells, ())
    edits.take_chart_back(c.p, back, conflicts=c.of(None, "mine", "theirs"))


def mark(c: Chooser) -> None:
    to = c.of(None, "not asked", "nothing said")
    edits.mark_cell(c.p, c.row("case", "label"), c.of("1.2", "2.2"), to, framework="garden@1")


def review(c: Chooser) -> None:
    edits.review_cell(c.p, c.row("case", "label"), c.of("1.1", "2.1"), framework="garden@1")


def assign(c: Chooser) -> None:
    start = c.number(100)
    text = c.row("transcript", "name")
    case = c.of("Somebody", c.row("case", "label"))
    edits.assign_case(c.p, case, text, start=start, stop=start + c.number(80))


def unassign(c: Chooser) -> None:
    start = c.number(100)
    text, case = c.row("transcript", "name"), c.row("case", "label")
    edits.unassign_case(c.p, case, text, start=start, stop=start + c.number(80))


def node(c: Chooser) -> None:
    under, statements = c.rows("node"), c.rows("statement")
    label, level = c.of("Order", "Help"), c.of(None, 2, 3, 5)
    edits.add_node(c.p, label, level, ladder="findings", under=under, statements=statements)


def link(c: Chooser) -> None:
    edits.add_link(
        c.p,
        c.row("node"),
        c.row("node"),
        c.of("+", "-", "~"),
        basis=c.of(["participant"], ["authors"], ["quote", "literature"]),
        evidence=c.rows("coding"),
        against=c.rows("coding"),
    )


def framework(c: Chooser) -> None:
    edits.add_framework(c.p, builders.version(number=c.of("2", "3"), parent=c.of(None, "garden@1")))


def draft(c: Chooser) -> None:
    of = c.version("draft")
    named = {"category": c.of("1", "2", None), "place": c.of(None, 1)}
    names, said = c.code(of), c.of("", "What is said of it.")
    part = {"name": c.of("Part", "New"), "definition": said}
    do: Callable[[], object] = c.of(
        lambda: edits.begin_draft(c.p, c.version(), c.of("2", "3", "4")),
        lambda: edits.add_category(c.p, of, c.of("Places", "Times"), place=c.of(None, 1)),
        lambda: edits.add_code(c.p, of, c.of("New", "Newer"), definition=said, **named),
        lambda: edits.change_code(c.p, of, names, name=c.of("New", "Renamed")),
        lambda: edits.change_code(c.p, of, names, definition=c.of("Of it.", "Other.")),
        lambda: edits.move_code(c.p, of, names, **named),
        lambda: edits.merge_codes(
            c.p, of, [names, c.code(of)], c.of("Both", names), definition=c.of(None, "Of both.")
        ),
        lambda: edits.split_code(c.p, of, names, [part, {**part, "name": "Rest"}]),
        lambda: edits.retire_code(c.p, of, names),
        lambda: edits.retire_category(c.p, of, c.of("1", "2"), with_codes=True),
    )
    do()


def begin(c: Chooser) -> None:
    edits.begin_draft(c.p, c.version("released"), c.of("2", "3", "4"))


def define(c: Chooser) -> None:
    """Write the definition of a code that has none, without which its draft stays one."""
    bare = {k["framework_version_id"]: k for k in c.state["code_version"] if not k["definition"]}
    drafts = {v["id"]: v for v in c.state["framework_version"] if v["state"] == "draft"}
    held = drafts.get(c.some(v for v in drafts.values() if v["id"] in bare), {"version": "none"})
    code = bare.get(held.get("id"), {"code_id": ""})["code_id"]
    edits.change_code(c.p, f"garden@{held['version']}", code, definition="As it is said.")


def release(c: Chooser) -> None:
    edits.release(c.p, c.version("draft"))


def migrate(c: Chooser) -> None:
    source, name = c.of(c.version(), c.row("run", "name")), c.of(None, None, "carried")
    edits.migrate(c.p, source, c.version(), name=name)


def answer(c: Chooser) -> None:
    ids, code = c.of([], c.rows("coding")), c.of(None, "1.1", "Part", "Both")
    edits.answer_migration(c.p, c.row("run", "name"), ids, code, "So.", of=c.of(None, "1.1"))


def memo(c: Chooser) -> None:
    table = c.of("case", "coding", "node", "link", "statement", "cell")
    edits.add_memo(c.p, "Note.", anchor=table, anchor_id=c.row(table))


def bring(c: Chooser) -> None:
    name, rule = c.of("new", "group"), c.of("auto", "file", "speaker", "none")
    builders.bring(c.p, (name, c.of(GROUP, "P1: Hello there.")), case_by=rule)


def correct(c: Chooser) -> None:
    """Give a text fewer, more or other words, or those that it had once."""
    name = c.of("group", "gardener")
    of = GROUP if name == "group" else builders.GARDENER
    for _ in range(c.number(2)):
        of = of.replace(
            *c.of(("list", "paper list"), ("Rain", "Snow"), (" me", ""), ("Bo:", "Anna:"))
        )
    edits.correct_transcript(c.p, name, builders.incoming(name, c.of("", "Again.\n") + of))


def pseudonyms(c: Chooser) -> None:
    names = [Chosen(c.of("Anna", "Bo", "Rain", "list", "Else"), c.of("Liv", "Rain", "Dag"))]
    edits.pseudonymise(c.p, names)


def newest_texts(state: State) -> dict[str, dict[str, Any]]:
    """Return transcript → its current version."""
    return {
        v["transcript_id"]: v
        for v in sorted(state["transcript_version"], key=lambda v: int(v["number"]))
    }


LETTERS = ("x", " ", "🌱", "\u0301", "e\u0301", "\r\n", "\nBo: ")
"""What may come into a text: an emoji, an accent for the letter before, a line end of Windows."""


def at_border(c: Chooser) -> None:
    """Put letters in or take them out where a coding begins or ends, or beside."""
    current = newest_texts(c.state)
    version = c.of(*current.values())
    text = version["text"]
    (name,) = (t["name"] for t in c.state["transcript"] if current.get(t["id"]) is version)
    codings = [k for k in c.state["coding"] if k["stop"] < len(text)]
    border = c.of(*[k[end] for k in codings for end in ("start", "stop")] or [0])
    at = max(0, border + c.of(-1, 0, 1))
    put = c.of("", "", *LETTERS) if len(text) < 900 else ""
    new = text[:at] + put + text[at + c.of(0, 1, 2, 9) :]
    edits.correct_transcript(c.p, name, builders.incoming(name, new))


def place_waiting(c: Chooser) -> None:
    """Give a coding a place that stands on a text of before, if there is one."""
    current = {v["id"] for v in newest_texts(c.state).values()}
    wait = [k for k in c.state["coding"] if k["transcript_version_id"] not in current]
    start = c.of(None, c.number(99))
    stop = None if start is None else start + c.number(40)
    edits.place_coding(c.p, c.some(wait), start, stop)


def answer_one(c: Chooser) -> None:
    """Say of a coding what it is under the version that its run was carried to."""
    runs = {r["id"]: r for r in c.state["run"]}
    run = runs.get(c.some(r for r in runs.values() if r["from_id"]), {"name": "", "from_id": ""})
    version = run.get("framework_version_id")
    codes = [k["code_id"] for k in c.state["code_version"] if k["framework_version_id"] == version]
    coding = c.some(k for k in c.state["coding"] if k["run_id"] == run["from_id"])
    edits.answer_migration(c.p, run["name"], [coding], c.of(None, *codes), "Read it.")


def confirm(c: Chooser) -> None:
    edits.confirm_coding(c.p, [c.some(k for k in c.state["coding"] if k["look"])])


def few_left(c: Chooser) -> None:
    """Withdraw all codings but for one in three."""
    edits.withdraw_codings(c.p, [k["id"] for n, k in enumerate(c.state["coding"]) if n % 3])


def finding(c: Chooser) -> None:
    edits.add_finding(c.p, c.of("Rain", "Lists"), node=c.of(None, c.row("node")))


def cite(c: Chooser) -> None:
    against = c.of([], c.rows("coding"))
    edits.cite_for_finding(c.p, c.row("finding"), c.rows("coding"), against=against)


def verify(c: Chooser) -> None:
    cited = c.of(None, c.row("finding"))
    edits.verify(c.p, c.row("coding"), finding=cited, outcome=c.of("as said", "differs"))


CODING: Acts = [
    code,
    code,
    code_draft,
    in_vivo,
    lambda c: edits.code_quote(c.p, "group", c.of("Tools", "list", "work"), "2.1"),
    lambda c: edits.withdraw_coding(c.p, c.row("coding")),
    lambda c: edits.withdraw_codings(c.p, c.rows("coding")),
    several,
    places,
    recode,
    recode,
    few_left,
]
WRITING: Acts = [
    write,
    write,
    cite_words,
    take_back,
    change,
    lambda c: edits.withdraw_statement(c.p, c.row("statement")),
    lambda c: edits.move_statement(c.p, c.row("statement"), c.of(1, 2)),
    fill,
    mark,
    review,
]
CASES: Acts = [
    assign,
    lambda c: edits.set_attribute(c.p, c.row("case", "label"), c.of("plot", "a"), c.of("1", "x")),
    lambda c: edits.set_attributes(
        c.p, {c.row("case", "label"): {c.of("plot", "a"): c.of("", "1", "x")}}
    ),
    lambda c: edits.rename_attribute(c.p, c.row("attribute", "name"), c.of("plot", "b")),
    lambda c: edits.change_attribute_type(
        c.p, c.row("attribute", "name"), c.of("text", "integer", "boolean")
    ),
    lambda c: edits.withdraw_attribute(c.p, c.row("attribute", "name")),
    lambda c: edits.rename_case(c.p, c.row("case", "label"), c.of("Somebody", "Else")),
    lambda c: edits.move_case(c.p, c.row("case", "label"), c.of(1, 2, 3)),
    lambda c: edits.withdraw_case(c.p, c.row("case", "label")),
    unassign,
]
DRAFTING: Acts = [
    framework,
    draft,
    draft,
    draft,
    release,
    begin,
    define,
    lambda c: edits.adopt_steps(c.p, c.version(), c.version()),
]
CARRYING: Acts = [
    lambda c: edits.start_run(c.p, c.of("r1", "r2"), c.version()),
    lambda c: edits.plan_round(
        c.p, c.of("d1", "d2"), ["anna", c.of("bo", "cato")], c.version(), share=0.5
    ),
    lambda c: edits.rename_round(c.p, c.row("round", "name"), c.of("d1", "d3")),
    lambda c: edits.withdraw_round(c.p, c.row("round", "name")),
    lambda c: edits.finish(c.p, c.row("run", "name"), [c.row("transcript", "name")]),
    lambda c: edits.decide(c.p, c.row("run", "name"), c.row("coding"), "kept", "Yes"),
    migrate,
    migrate,
    answer,
    answer,
    answer_one,
    answer_one,
    confirm,
    lambda c: edits.confirm_coding(c.p, c.rows("coding")),
]
CORRECTING: Acts = [
    bring,
    correct,
    correct,
    at_border,
    at_border,
    pseudonyms,
    place_waiting,
    lambda c: edits.place_coding(c.p, c.row("coding")),
    lambda c: edits.place_coding(c.p, c.row("coding"), 3, 3 + c.number(40)),
    lambda c: edits.place_codings(c.p, c.rows("coding")),
    lambda c: edits.place_memo(c.p, c.row("memo")),
    lambda c: edits.place_memo(c.p, c.row("memo"), 3, 3 + c.number(40)),
    lambda c: edits.set_speaker_role(c.p, "group", "Bo", c.of("unknown", "participant")),
]
INTERPRETING: Acts = [
    finding,
    cite,
    cite,
    verify,
    lambda c: edits.uncite_finding(c.p, c.row("finding"), [c.row("coding")]),
    lambda c: edits.withdraw_finding(c.p, c.row("finding")),
    lambda c: edits.unverify(c.p, c.row("verification")),
    node,
    lambda c: edits.connect(c.p, c.row("node"), c.row("node")),
    lambda c: edits.feed(c.p, c.row("node"), c.rows("statement")),
    lambda c: edits.rename_node(c.p, c.row("node"), c.of("Order", "Renamed")),
    lambda c: edits.withdraw_node(c.p, c.row("node")),
    lambda c: edits.set_facet(c.p, c.row("node"), "where", c.of("in", "out")),
    lambda c: edits.disconnect(c.p, c.row("node_edge", "child_id"), c.row("node")),
    lambda c: edits.move_node(c.p, c.row("node"), c.row("node"), away_from=c.of(None, "Access")),
    lambda c: edits.unfeed(c.p, c.row("node_statement", "node_id"), c.rows("statement")),
    lambda c: edits.change_node(
        c.p, c.row("node"), level=c.of(None, 2, 3, 4), position=c.of(None, 1, 2)
    ),
    lambda c: edits.rename_ladder(c.p, c.row("ladder", "name"), c.of("findings", "other")),
    lambda c: edits.change_ladder(
        c.p, c.row("ladder", "name"), template=c.of("a / b / c / d", "elo-kyngas", "a / b")
    ),
    lambda c: edits.unset_facet(c.p, c.row("facet", "node_id"), "where"),
    lambda c: edits.unplace_case(c.p, "ways", c.row("case", "label")),
    link,
    lambda c: edits.cite_for_link(
        c.p, c.row("link"), c.rows("coding"), against=c.of([], c.rows("coding"))
    ),
    lambda c: edits.withdraw_link(c.p, c.row("link")),
    lambda c: edits.place_case(c.p, "ways", c.row("case", "label"), c.of("Regular", "Rare")),
    lambda c: edits.change_typology(
        c.p,
        "ways",
        types={name: {"often": "no"} for name in c.of(["Rare"], ["Regular", "Other"])},
        renamed=c.of({}, {"Regular": "Other"}, {"Rare": "Other"}),
    ),
    lambda c: edits.change_link(
        c.p, c.row("link"), sign=c.of(None, "+"), basis=c.of(None, ["authors"], ["participant"])
    ),
    lambda c: edits.uncite_link(c.p, c.row("link"), [c.row("link_evidence", "coding_id")]),
    lambda c: edits.change_memo(c.p, c.row("memo"), text=c.of("Yes.", "No.")),
    lambda c: edits.withdraw_memo(c.p, c.row("memo")),
    lambda c: edits.withdraw_reading(c.p, c.row("reading")),
    memo,
    lambda c: edits.change_person(c.p, "bo", "name", c.of("Bo", "Bo Ås")),
]
ONWARD: Acts = [
    begin,
    draft,
    draft,
    draft,
    define,
    define,
    release,
    migrate,
    answer_one,
    answer_one,
]
"""A new version of the framework, and the codings under it: most of this takes all of it."""

BY_TWO: Acts = [
    plan_charting,
    write_own,
    write_own,
    lambda c: edits.change_own_statement(
        c.p, c.row("own_statement"), text="Other", evidence=c.rows("coding")
    ),
    lambda c: edits.withdraw_own_statement(c.p, c.row("own_statement")),
    finish_own,
    finish_own,
    decide_cell,
]
ACTS: Acts = [*CODING, *WRITING, *BY_TWO, *CASES, *DRAFTING, *CARRYING, *CORRECTING, *INTERPRETING]
