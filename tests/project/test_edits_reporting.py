"""What a report prints and counts beside the interviews: entered, changed, imported, refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import Garden

from workbench.errors import AmbiguousName, BadTable, BadValue, UnknownName, WorkbenchError
from workbench.formats import tables
from workbench.formats.tables import Table
from workbench.project import edits
from workbench.project.edits.reporting import labels_text
from workbench.project.edits.rowwise import passing_over

Write = Callable[[str], Table]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def table(text: str) -> Table:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return tables.read(path)

    return table


def rows(garden: Garden, table: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[c] for c in columns) for row in garden.live()[table]]


# --- one at a time -----------------------------------------------------------------------


def test_a_quotation_says_what_the_report_prints_with_it(garden):
    edits.quote_in_report(
        garden.project,
        garden.codings["rain"][-8:],
        number=3,
        report="P1",
        node="Lists",
        speaker="Member",
        participant="7",
        note="Shortened.",
    )
    (node,) = (n["id"] for n in garden.live()["node"] if n["label"] == "Lists")
    columns = ("report", "number", "coding_id", "node_id", "speaker", "participant", "note")
    assert rows(garden, "quotation", *columns) == [
        ("P1", 3, garden.codings["rain"], node, "Member", "7", "Shortened.")
    ]
    assert garden.project.history(1)[0]["summary"] == "Quoted “Rain keeps me away.” as number 3"


def test_a_number_of_a_report_has_one_quotation_and_another_report_its_own(garden):
    first = edits.quote_in_report(garden.project, garden.codings["rain"], number=1, report="P1")
    again = edits.quote_in_report(garden.project, garden.codings["gate"], number=1, report="P1")
    other = edits.quote_in_report(garden.project, garden.codings["rain"], number=1)
    assert first == again != other
    assert sorted(rows(garden, "quotation", "report", "number", "coding_id")) == sorted(
        [("P1", 1, garden.codings["gate"]), ("", 1, garden.codings["rain"])]
    )


@pytest.mark.parametrize(
    ("coding", "more", "error", "said"),
    [
        ("rain", {"number": 0}, BadValue, "The number of a quotation cannot be '0'; give 1 or m"),
        ("rain", {"number": 2**40}, BadValue, "give a smaller number"),
        ("rain", {"number": 1, "node": "Sheds"}, UnknownName, "There is no node “Sheds”"),
        ("nowhere-at-all", {"number": 1}, UnknownName, "There is no coding “nowhere-at-all”"),
    ],
)
def test_a_quotation_that_cannot_be_is_refused_and_nothing_is_kept(
    garden, coding, more, error, said
):
    acts = garden.acts()
    with pytest.raises(error, match=said):
        edits.quote_in_report(garden.project, garden.codings.get(coding, coding), **more)
    assert (rows(garden, "quotation", "id"), garden.acts()) == ([], acts)


def test_a_count_is_known_by_its_series_and_labels_in_any_order(garden):
    first = edits.record_count(garden.project, " visits ", 12, {"month": "May", "plot": "3"})
    again = edits.record_count(garden.project, "visits", 15, {"plot": "3", "month": "May"})
    other = edits.record_count(garden.project, "visits", 1, {"month": "May"})
    assert first == again != other
    assert rows(garden, "tally", "series", "labels", "count") == [
        ("visits", '{"month": "May", "plot": "3"}', 15),
        ("visits", '{"month": "May"}', 1),
    ]


def test_labels_keep_their_letters():
    assert labels_text({"month": "mai", "sted": "Ås"}) == '{"month": "mai", "sted": "Ås"}'


@pytest.mark.parametrize(
    ("series", "count", "said"),
    [
        (" ", 1, "The series of a count cannot be ' '; give some words."),
        ("visits", -1, "A count cannot be '-1'; give 0 or more."),
        ("visits", 2**31, "The count cannot be 2147483648; give a smaller number."),
    ],
)
def test_a_count_that_cannot_be_is_refused(garden, series, count, said):
    with pytest.raises(BadValue) as caught:
        edits.record_count(garden.project, series, count, {})
    assert str(caught.value) == said
    assert rows(garden, "tally", "id") == []


def test_a_decision_of_the_team_belongs_to_a_step_of_the_method(garden):
    edits.record_decision(garden.project, "Codes", "Four.", stage="index")
    assert ("Codes", "index") in rows(garden, "decision_record", "title", "stage")
    with pytest.raises(BadValue, match="The stage of a decision cannot be 'lunch'; give prepare"):
        edits.record_decision(garden.project, "Soup", "Pea.", stage="lunch")


# --- tables ----------------------------------------------------------------------------------


def test_decisions_on_codings_come_in_with_who_took_them_and_what_came_of_them(garden, write):
    report = edits.import_decisions(
        garden.project,
        write(
            "coding,outcome,reason,run,person,result\n"
            f"{garden.codings['tools']},Changed,Too wide,first,cato,{garden.codings['july']}\n"
            f"{garden.codings['gate']},kept,We agree,,,\n"
        ),
        run="first",
    )
    assert report.counts == {"decisions": 2}
    people = {p["id"]: p["handle"] for p in garden.live()["person"]}
    columns = ("coding_id", "outcome", "reason", "person_id", "result_id")
    found = [(c, o, r, people[p], b) for c, o, r, p, b in rows(garden, "decision", *columns)]
    assert found == [
        (garden.codings["tools"], "changed", "Too wide", "cato", garden.codings["july"]),
        (garden.codings["gate"], "kept", "We agree", "anna", None),
    ]


def test_meetings_come_in_once_with_who_was_there(garden, write):
    table = (
        "title,present,date,stage,text\n"
        "Codes,bo;cato;bo,2024-06-01,index,Keep 2.2.\nCodes,anna,2024-06-08,index,Drop it.\n"
    )
    assert edits.import_meetings(garden.project, write(table)).counts == {"meetings": 2}
    again = edits.import_meetings(garden.project, write(table))
    assert again.counts == {"meetings": 0}
    assert again.notes == ["Here already and left as they are: 2 meetings."]
    people = {p["id"]: p["handle"] for p in garden.live()["person"]}
    held = {r["id"]: r["date"] for r in garden.live()["decision_record"] if r["stage"] == "index"}
    there = [
        (held[a["decision_record_id"]], people[a["person_id"]])
        for a in garden.live()["attendance"]
        if a["decision_record_id"] in held
    ]
    assert sorted(there) == [("2024-06-01", "bo"), ("2024-06-01", "cato"), ("2024-06-08", "anna")]


def test_a_register_of_quotations_comes_in_and_a_changed_line_changes_one(garden, write):
    header = "report,number,coding,node,speaker\n"
    first = f"P1,1,{garden.codings['rain']},Lists,Member\nP1,2,{garden.codings['gate']},,\n"
    assert edits.import_quotations(garden.project, write(header + first)).counts == {
        "quotations": 2
    }
    before = garden.live()
    edits.import_quotations(garden.project, write(header + first))
    assert garden.live() == before
    edits.import_quotations(garden.project, write(header + f"P1,2,{garden.codings['list']},,\n"))
    assert rows(garden, "quotation", "number", "coding_id") == [
        (1, garden.codings["rain"]),
        (2, garden.codings["list"]),
    ]


def test_counts_come_in_and_the_report_tells_new_changed_and_left_ones_apart(garden, write):
    first = edits.import_counts(
        garden.project, write("series,month,plot,count\nvisits,May,3,12\nvisits,May,,40\n")
    )
    assert (first.counts, first.notes) == ({"counts": 2}, [])
    again = edits.import_counts(
        garden.project,
        write("plot,series,month,count\n3,visits,May,12\n,visits,May,41\n,visits,June,0\n"),
    )
    assert again.counts == {"counts": 2}
    assert again.notes == [
        "Here already with another number: 1 count.",
        "Here already and left as they are: 1 count.",
    ]
    assert sorted(rows(garden, "tally", "labels", "count")) == [
        ('{"month": "June"}', 0),
        ('{"month": "May", "plot": "3"}', 12),
        ('{"month": "May"}', 41),
    ]


BAD: list[tuple[str, str, str]] = [
    (
        "import_decisions",
        "coding,outcome,reason,run\n{gate},kept,Yes,first\nc9,kept,Yes,first\n",
        "line 3: There is no coding with the ref “c9” in this project. Import the table that has",
    ),
    (
        "import_decisions",
        "coding,outcome,reason,run\n{gate},kept,Yes,none\n",
        "line 2: There is no run “none”",
    ),
    (
        "import_decisions",
        "coding,outcome,reason\n{gate},kept,Yes\n",
        "line 2: There is no run “”",
    ),
    (
        "import_quotations",
        "number,coding\n1,{gate}\n2,c9\n",
        "line 3: There is no coding with the ref “c9”",
    ),
    (
        "import_quotations",
        "number,coding,node\n1,{gate},Sheds\n",
        "line 2: There is no node “Sheds”",
    ),
    (
        "import_quotations",
        "number,coding\n0,{gate}\n",
        "line 2: The number of a quotation cannot be '0'; give 1 or more.",
    ),
]


@pytest.mark.parametrize(("act", "text", "said"), BAD)
def test_a_line_that_cannot_be_taken_is_told_and_nothing_comes_in(garden, write, act, text, said):
    before, acts = garden.live(), garden.acts()
    with pytest.raises(BadTable) as caught:
        getattr(edits, act)(garden.project, write(text.format(**garden.codings)))
    assert said in str(caught.value)
    assert (garden.live(), garden.acts()) == (before, acts)


@pytest.mark.parametrize(("act", "text", "said"), BAD)
def test_where_bad_lines_are_passed_over_the_good_ones_come_in_and_each_bad_one_is_told(
    garden, write, act, text, said
):
    table = write(text.format(**garden.codings))
    with passing_over() as told:
        getattr(edits, act)(garden.project, table)
    (line,) = told
    assert line.startswith("table.csv, ")
    assert said in line
    kept = garden.live()["decision" if act == "import_decisions" else "quotation"]
    assert len(kept) == len(table.rows) - 1
    with pytest.raises(BadTable):
        getattr(edits, act)(garden.project, table)


def test_passing_over_ends_with_its_block_even_where_that_fails(garden, write):
    with pytest.raises(AmbiguousName), passing_over():
        raise AmbiguousName("node", "x", ["a", "b"])
    with pytest.raises(WorkbenchError):
        edits.import_quotations(garden.project, write("number,coding\n1,c9\n"))
