"""From any finding a look-up leads down to the words, and no further than its evidence."""

import builders
import pytest
from builders import ANNA, BO, GARDENER, VERSION, Garden

from workbench import errors
from workbench.project import edits, views
from workbench.project.rests_on import rests_on
from workbench.project.trace import trace


def ids(garden: Garden, *names: str) -> set[str]:
    return {garden.codings[n] for n in names}


def node(garden: Garden, label: str) -> str:
    return next(n["id"] for n in garden.live()["node"] if n["label"] == label)


def test_a_theme_leads_down_to_all_the_words_below_it_and_no_others(garden):
    edits.connect(garden.project, "Lists", "Weather and locks", reason="order matters")
    step = trace(garden.project, "Access")
    assert (step.what, step.id, step.text) == ("theme", node(garden, "Access"), "Access")
    assert set(step.coding_ids()) == ids(garden, "rain", "gate", "list")
    assert set(step.quotes()) == {
        "Rain keeps me away.",
        "The gate is locked after six, and nobody has a key.",
        "We have a list on the shed. It works well.",
    }


def test_the_words_below_a_theme_are_the_union_of_the_evidence_of_its_statements(garden):
    for statement in ("helps", "stale list"):
        edits.feed(garden.project, "Access", [garden.statements[statement]])
    step = trace(garden.project, "Access")
    below = {s.id for s in step.walk() if s.what.endswith("statement")}
    evidence = garden.live()["statement_evidence"]
    assert below == {garden.statements[n] for n in ("rain", "gate", "helps", "stale list")}
    assert set(step.coding_ids()) == {
        e["coding_id"] for e in evidence if e["statement_id"] in below
    }


def test_each_step_of_the_climb_is_there_with_its_level_and_its_reason(garden):
    edits.add_node(
        garden.project, "Help", 3, ladder="findings", under=["Access"], reason="as he says",
        statements=[garden.statements["helps"]],
    )  # fmt: skip
    step = trace(garden.project, "Access")
    said = [(s.what, s.text, s.reason) for s in step.walk()]
    assert said == [
        ("theme", "Access", ""),
        ("category", "Weather and locks", ""),
        ("element", "Locked out", ""),
        ("verbatim statement", "Rain keeps me away.", ""),
        ("coding", "Rain keeps me away.", ""),
        ("summary statement", "A locked gate shuts people out.", ""),
        ("coding", "Rain keeps me away.", ""),
        ("coding", "The gate is locked after six, and nobody has a key.", ""),
        ("dimension", "Help", "as he says"),
        ("summary statement", "The garden helps on bad days.", ""),
        ("coding", "The quiet. On a bad day I come here 🌱 and it helps.", ""),
    ]


def test_a_coding_says_whose_words_where_by_whom_and_when(garden):
    step = trace(garden.project, garden.codings["rain"])
    start = GARDENER.index("Rain")
    assert (step.what, step.text, step.who) == ("coding", "Rain keeps me away.", "anna")
    assert step.where == (
        f"gardener, turn 4, P1, characters {start}-{start + 19}, "
        "coded 1.2 Barriers (garden@1, run “first”)"
    )
    act = next(a for a in garden.project.history() if a["summary"].startswith("Coded “Rain keeps"))
    assert step.at == act["at"]


def test_a_cell_goes_by_case_and_code_by_name_or_number(garden):
    wanted = ids(garden, "rain", "gate")
    cell = garden.live()["cell"]
    for thing in ("gardener × Barriers", "gardener x 1.2", "gardener  ×  1.2"):
        step = trace(garden.project, thing)
        assert step.what == "cell"
        assert set(step.coding_ids()) == wanted
        assert step.id in {c["id"] for c in cell}
    assert trace(garden.project, step.id, framework=VERSION) == step


def test_a_cell_shows_also_the_codings_that_no_statement_cites(garden):
    step = trace(garden.project, f"{ANNA} × 1.1")
    (coding,) = step.under
    assert (step.id, coding.id) == ("", garden.codings["july"])
    assert coding.reason == "it stands in this cell, cited by no statement"
    edits.write_statement(garden.project, ANNA, "1.1", "Asks for rain.")
    (statement,) = trace(garden.project, f"{ANNA} × 1.1").under
    assert [s.id for s in statement.under] == [garden.codings["july"]]


def test_a_cells_trace_is_the_evidence_its_chart_carries(garden):
    chart = views.chart(garden.project, VERSION, values="counts")
    carried = chart.attrs["evidence"]
    assert len(carried) == 6
    for (case, code), codings in carried.items():
        assert set(trace(garden.project, f"{case} × {code}").coding_ids()) == set(codings)


def test_an_empty_cell_leads_nowhere_and_says_its_mark(garden):
    step = trace(garden.project, "gardener × Tools")
    assert (step.under, step.where) == ((), f"in {VERSION}, marked not asked")


def test_a_link_leads_to_the_words_for_it_and_against_it(garden):
    step = trace(garden.project, garden.link)
    assert step.text == "Locked out → Use of the garden (−)"
    assert [(s.what, set(s.coding_ids())) for s in step.under] == [
        ("evidence for", ids(garden, "rain", "gate")),
        ("evidence against", ids(garden, "july")),
    ]


def test_a_case_leads_to_its_cells(garden):
    case = next(c["id"] for c in garden.live()["case"] if c["label"] == BO)
    step = trace(garden.project, case)
    assert (step.what, step.text) == ("case", BO)
    assert set(step.coding_ids()) == ids(garden, "stale list")


def test_a_statement_goes_by_the_first_letters_of_its_id(garden):
    whole = garden.statements["gate"]
    step = trace(garden.project, whole[:35])
    assert (step.what, step.id, step.where) == (
        "summary statement",
        whole,
        "in gardener × Barriers (garden@1)",
    )
    assert set(step.coding_ids()) == ids(garden, "rain", "gate")


def test_a_withdrawn_coding_is_shown_under_what_cites_it_and_counts_no_more(garden):
    edits.withdraw_coding(garden.project, garden.codings["gate"])
    step = trace(garden.project, garden.statements["gate"])
    gone = next(s for s in step.walk() if s.id == garden.codings["gate"])
    assert gone.where.endswith("; this coding was withdrawn")
    assert set(step.coding_ids()) == ids(garden, "rain")
    assert step.quotes() == ("Rain keeps me away.",)


def test_a_withdrawn_statement_no_longer_feeds_the_theme(garden):
    edits.withdraw_statement(garden.project, garden.statements["gate"])
    assert set(trace(garden.project, "Access").coding_ids()) == ids(garden, "rain")


def test_a_node_whose_label_looks_like_a_cell_is_found_by_its_label(garden):
    edits.add_node(garden.project, "Time x Place", 3, ladder="findings")
    assert trace(garden.project, "Time x Place").what == "dimension"


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("Acces", "There is no thing to trace “Acces” in this project. Did you mean “Access”"),
        (
            "Nothing like it",
            "Give an id, a finding, the label of a node, or a cell as “case × code”",
        ),
        ("00000000", "There is no thing to trace “00000000”"),
        ("", "There is no thing to trace “”"),
        ("gardner × 1.2", "There is no case “gardner” in this project. Did you mean “gardener”"),
        ("gardener × 7", "There is no code “7”"),
        ("%%%%%%%%", "There is no thing to trace"),
    ],
)
def test_what_nothing_answers_to_is_told_in_a_sentence(garden, thing, said):
    with pytest.raises(errors.UnknownName) as caught:
        trace(garden.project, thing)
    assert said in str(caught.value)


def test_a_trace_is_told_in_lines_and_as_plain_data(garden):
    step = trace(garden.project, "Access")
    lines = step.lines()
    assert len(lines) == len(list(step.walk()))
    assert lines[0].startswith("theme: Access  (anna, 20")
    assert lines[0].endswith(f"[{step.id}]")
    assert lines[4].startswith("        coding: “Rain keeps me away.”  gardener, turn 4, P1")
    plain = step.as_dict()
    assert plain["under"][0]["under"][0]["under"][0]["text"] == "Rain keeps me away."


def test_words_are_cited_with_the_time_at_which_their_turn_begins(garden, tmp_path):
    timed, plain = builders.walk(garden, tmp_path)
    assert trace(garden.project, timed).where.startswith("walk, turn 2 at 1:02:05, Ana, characters")
    assert rests_on(garden.project, timed).where == "walk, turn 2 at 1:02:05"
    assert trace(garden.project, plain).where.startswith("walk, turn 3, I, characters")
    assert rests_on(garden.project, plain).where == "walk, turn 3"
