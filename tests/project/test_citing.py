"""Words of a transcript go into a cell in one act, coded on the way where they were not."""

import pytest
from builders import ANNA, BO, GARDENER, GROUP, VERSION, Garden

from workbench.errors import ChangedMeanwhile, OutsideText, Refused
from workbench.project import edits
from workbench.project.case_words import case_words

BED = "Two people water the same bed."


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def cell(garden: Garden, case: str, number: str) -> list[tuple[str, str, list[str]]]:
    """Return kind, text and cited words of each statement of a cell, in order."""
    live = garden.live()
    quote = {c["id"]: c["quote"] for c in live["coding"]}
    case_id = next(c["id"] for c in live["case"] if c["label"] == case)
    code_id = next(c["code_id"] for c in live["code_version"] if c["number"] == number)
    held = [c["id"] for c in live["cell"] if (c["case_id"], c["code_id"]) == (case_id, code_id)]
    rows = sorted(
        (s for s in live["statement"] if s["cell_id"] in held), key=lambda s: s["position"]
    )
    cited = live["statement_evidence"]
    return [
        (
            s["kind"],
            s["text"],
            [quote[e["coding_id"]] for e in cited if e["statement_id"] == s["id"]],
        )
        for s in rows
    ]


def test_words_that_nobody_coded_are_coded_and_quoted_in_one_act(garden):
    before, acts = garden.live(), garden.acts()
    (made,) = edits.cite_words(garden.project, BO, "2.1", "group", *place(GROUP, BED))
    assert garden.acts() == acts + 1
    assert cell(garden, BO, "2.1")[2:] == [("verbatim", BED, [BED])]
    (coding,) = [c for c in garden.live()["coding"] if c["quote"] == BED]
    assert (coding["start"], coding["stop"]) == place(GROUP, BED)
    assert garden.project.history(1)[0]["summary"] == f"Quoted in {BO} × Shared work: “{BED}”"
    assert made in {s["id"] for s in garden.live()["statement"]}
    assert garden.project.check() == []
    garden.project.undo()
    assert garden.live() == before


def test_words_that_a_coding_of_the_cell_holds_are_not_coded_again(garden):
    codings = garden.live()["coding"]
    where = place(GARDENER, "nobody has a key")
    edits.cite_words(garden.project, "gardener", "1.2", "gardener", *where)
    gate = "The gate is locked after six, and nobody has a key."
    assert cell(garden, "gardener", "1.2")[2:] == [("verbatim", "nobody has a key", [gate])]
    assert garden.live()["coding"] == codings


def test_words_are_put_under_a_statement_that_stays_as_it_is(garden):
    said = garden.statements["stale list"]
    where = place(GROUP, BED)
    done = edits.cite_words(garden.project, BO, "2.1", "group", *where, statement=said)
    assert done == [said]
    assert cell(garden, BO, "2.1")[0] == (
        "summary",
        "The list does not hold.",
        ["The list is never up to date.", BED],
    )
    acts = garden.acts()
    assert edits.cite_words(garden.project, BO, "2.1", "group", *where, statement=said) == [said]
    assert garden.acts() == acts
    assert garden.project.check() == []
    garden.project.undo()
    assert BED not in {c["quote"] for c in garden.live()["coding"]}


def test_each_stretch_of_the_cases_own_words_is_a_quotation(garden):
    first, _ = place(GROUP, "It works well.")
    _, last = place(GROUP, "That is true in July.")
    made = edits.cite_words(garden.project, ANNA, "1.2", "group", first, last)
    both = GROUP[first:last]
    said = [(text, cited) for _, text, cited in cell(garden, ANNA, "1.2")]
    assert len(made) == 2
    assert [text.rpartition(": ")[2] for text, _ in said] == [
        "It works well.",
        "That is true in July.",
    ]
    assert [cited for _, cited in said] == [[both], [both]]
    assert garden.project.check() == []


@pytest.mark.parametrize(
    ("case", "words", "more", "said"),
    [
        (ANNA, BED, {}, f"“{BED}” are not words of “{ANNA}”"),
        (BO, BED, {"statement": "list"}, "stands in another cell than group: Bo × Shared work"),
    ],
)
def test_words_that_cannot_stand_in_the_cell_are_refused(garden, case, words, more, said):
    before = garden.live()
    more = {k: garden.statements[v] for k, v in more.items()}
    with pytest.raises(Refused, match=said):
        edits.cite_words(garden.project, case, "2.1", "group", *place(GROUP, words), **more)
    with pytest.raises(OutsideText):
        edits.cite_words(garden.project, case, "2.1", "group", 5, 5)
    assert garden.live() == before


def test_a_statement_that_somebody_else_changed_meanwhile_is_not_touched(garden):
    said, before = garden.statements["stale list"], garden.live()
    with pytest.raises(ChangedMeanwhile):
        edits.cite_words(
            garden.project, BO, "2.1", "group", *place(GROUP, BED), statement=said, row_version=9
        )
    assert garden.live() == before


def test_of_several_runs_one_that_counts_is_to_be_named(garden):
    p, where = garden.project, place(GROUP, BED)
    edits.start_run(p, "alone", VERSION, kind="independent")
    before = garden.live()
    with pytest.raises(Refused, match=r"several runs .* Name one"):
        edits.cite_words(p, BO, "2.1", "group", *where)
    with pytest.raises(Refused, match="The run “alone” does not count for the chart"):
        edits.cite_words(p, BO, "2.1", "group", *where, run="alone")
    assert garden.live() == before
    edits.cite_words(p, BO, "2.1", "group", *where, run="first")
    edits.cite_words(p, BO, "2.1", "group", *where)  # coded now: no run is needed
    assert [text for _, text, _ in cell(garden, BO, "2.1")[2:]] == [BED, BED]


def test_the_first_words_of_a_framework_version_make_its_run(garden):
    p = garden.project
    edits.begin_draft(p, VERSION, "2")
    edits.cite_words(p, BO, "2.1", "group", *place(GROUP, BED), framework="garden@2")
    assert [r["name"] for r in garden.live()["run"]] == ["first", "indexing garden@2"]


def test_a_coding_in_a_blind_run_of_somebody_else_is_not_cited(garden):
    p, where = garden.project, place(GROUP, BED)
    edits.begin_draft(p, VERSION, "2")
    for name, coder in (("of bo", "bo"), ("of anna", "anna")):
        edits.start_run(p, name, "garden@2", kind="independent", blind=True, coder=coder)
    theirs = edits.code(p, "group", *where, "2.1", run="of bo", coder="bo").coding_id
    edits.cite_words(p, BO, "2.1", "group", *where, run="of anna", framework="garden@2")
    cited = {e["coding_id"] for e in garden.live()["statement_evidence"]}
    assert theirs not in cited
    shown = case_words(p, "garden@2", BO, "2.1")
    assert [(m.run, m.coder) for m in shown.marks] == [("of anna", "anna")]
    assert shown.runs == (("of anna", "anna"),)


def test_the_words_of_a_case_are_shown_with_what_has_the_code(garden):
    shown = case_words(garden.project, VERSION, BO, "2.1")
    assert (shown.transcripts, shown.transcript, shown.runs) == (
        ("group",),
        "group",
        (("first", ""),),
    )
    assert "".join(GROUP[a:b] for a, b in shown.own).count("Bo: ") == 2
    assert [GROUP[m.start : m.stop] for m in shown.marks] == ["The list is never up to date."]
    assert case_words(garden.project, VERSION, "gardener", "2.2").marks == ()
    edits.add_cases(garden.project, {"Cara": {}})
    assert case_words(garden.project, VERSION, "Cara", "2.1") is None
