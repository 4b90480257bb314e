"""The page of charting."""

import json

import workbench
from workbench.project import edits, views
from workbench.project.case_words import case_words
from workbench.ui import operations


def payloads(at):
    """Return what each part of the page was given, by its name."""
    return {
        one.proto.component_name.removeprefix("workbench_"): json.loads(one.proto.json or "{}")
        for one in at.get("bidi_component")
    }


def texts(data, case, code):
    """Return kind and words of the statements of a cell of the chart, with its state."""
    row = [r[1] for r in data["rows"]].index(case)
    column = [c[1] for c in data["columns"]].index(code)
    state, _, codings, statements = data["cells"][row][column]
    return state, codings, [(s[1], s[2]) for s in statements]


def test_an_empty_project_is_told_what_comes_first(page, empty):
    at = page("charting", empty)
    assert any("No framework yet" in m.value for m in at.markdown)


def test_the_chart_has_the_cells_of_one_category(page, study):
    data = payloads(page("charting", study))["chart"]
    assert [c[1] for c in data["columns"]] == ["1.1", "1.2", "1.3"]
    assert [r[1] for r in data["rows"]][:2] == ["Librarian", "Caretaker"]
    assert data["rows"][0][2] == ["librarian"]
    state, codings, said = texts(data, "Librarian", "1.1")
    assert (state, codings, [kind for kind, _ in said]) == (
        "charted",
        2,
        ["summary", "summary", "comment"],
    )


def test_an_address_opens_a_cell_with_all_that_stands_behind_it(page, study):
    at = page("charting", study, case="Solveig", code="2.1")
    given = payloads(at)
    assert [c[1] for c in given["chart"]["columns"]] == ["2.1", "2.2", "2.3"]
    cell = given["celleditor"]["cell"]
    assert (cell["caseName"], cell["number"], cell["state"]) == (
        "Solveig",
        "2.1",
        "indexed, not charted",
    )
    assert cell["statements"] == []
    (quote,) = cell["codings"]
    assert quote[1:6] == [["I let them in."], "volunteers", 22, "Solveig", "ingrid"]
    assert cell["rules"]["definition"].startswith("The means of knowing and deciding")
    assert at.query_params["case"] == "Solveig"


def test_a_name_that_no_case_has_is_told_and_the_chart_is_there(page, study):
    at = page("charting", study, case="Solvei", code="2.1")
    assert any("Solvei" in e.value for e in at.error)
    given = payloads(at)
    assert given["chart"]["cells"]
    assert given["celleditor"]["cell"] is None


def test_a_stale_cell_says_what_changed(page, study):
    with workbench.open(study) as project:
        edits.code_quote(project, "volunteers", "I let them in.", "1.1")
        cell = edits.write_statement(project, "Solveig", "2.1", "Lets people in.")
        (withdrawn,) = [
            c["coding_id"]
            for c in workbench.views.codings(project).to_dict("records")
            if c["quote"] == "I let them in." and c["number"] == "2.1"
        ]
        edits.withdraw_coding(project, withdrawn)
    assert cell
    cell = payloads(page("charting", study, case="Solveig", code="2.1"))["celleditor"]["cell"]
    assert cell["state"] == "stale"
    assert [(c[0], c[2], c[3]) for c in cell["changes"]] == [("gone", "I let them in.", "ingrid")]


def test_rows_stand_together_by_an_attribute(page, study):
    data = payloads(page("charting", study, by="municipality"))["chart"]
    label = [r[1] for r in data["rows"]]
    told = {heading: [label[n] for n in rows] for heading, rows in data["groups"]}
    assert told["Mykledal"] == ["Solveig", "Torbjørn", "Samira"]
    assert list(told) == ["Bjørkåsen", "Mykledal", "Skarvøy", "Tverrnes"]


def test_figures_of_groups_come_with_totals_and_their_words(page, study):
    at = page(
        "charting",
        study,
        values="counts",
        by="municipality",
        category="all",
    )
    data = payloads(at)["chart"]
    assert data["cells"] is None
    column = [c[1] for c in data["columns"]].index("2.1")
    row = [r[1] for r in data["rows"]].index("Mykledal")
    assert data["figures"][row][column] == 3
    assert data["totals"]["columns"][column] == 8
    at.session_state["chart"] = {
        "said": {"group": "Mykledal", "code": data["columns"][column][0], "n": 1}
    }
    at.run()
    assert not at.exception
    behind = payloads(at)["celleditor"]["evidence"]
    assert (behind["group"], len(behind["codings"])) == ("Mykledal", 3)
    assert {q[4] for q in behind["codings"]} == {"Solveig", "Torbjørn", "Samira"}


def test_a_theme_cut_reads_down_a_code_with_places(page, study):
    data = payloads(page("charting", study, look="code", code="4.1"))["cuts"]
    entries = {e[0]: e for _, part in data["parts"] for e in part}
    said = entries["Samira"][5]
    assert said[0][1:] == [
        "verbatim",
        "We look after it because nobody's looking, and they gave us the key anyway.",
        "",
        [["volunteers", 39]],
    ]
    assert list(entries) == ["Librarian", "Caretaker", "Manager", "Solveig", "Torbjørn", "Samira"]


def test_a_case_cut_reads_along_a_case(page, study):
    data = payloads(page("charting", study, look="case", case="Samira"))["cuts"]
    assert data["title"] == "Samira"
    assert [heading for heading, _ in data["parts"]] == [
        "1 Evenings without staff",
        "2 Order and unease",
        "3 Keeping it going",
        "4 What holds the place together",
    ]
    assert sum(len(part) for _, part in data["parts"]) == 11


def test_what_is_open_lists_stale_and_uncharted_cells(page, study):
    with workbench.open(study) as project:
        edits.code_quote(project, "caretaker", "Four with studded tyres", "1.2")
    data = payloads(page("charting", study, look="open"))["opencells"]
    assert [(e[2], e[3], e[4], e[5]) for e in data["open"]] == [
        ("Caretaker", "1.2 Those who come", "stale", "1 new coding since"),
        ("Solveig", "2.1 Cards, codes and cameras", "indexed, not charted", ""),
        ("Torbjørn", "3.1 Unseen work", "indexed, not charted", ""),
    ]


def test_text_of_users_comes_letter_by_letter(page, study):
    told = '<img src=x onerror="alert(1)"> *bold* 🌱'
    with workbench.open(study) as project:
        edits.write_statement(project, "Samira", "4.1", told, kind="comment")
    data = payloads(page("charting", study, case="Samira", code="4.1"))
    assert ("comment", told) in texts(data["chart"], "Samira", "4.1")[2]
    assert told in [s[2] for s in data["celleditor"]["cell"]["statements"]]


def test_the_transcript_of_the_case_stands_beside_its_cell(page, study):
    at = page("charting", study, case="Solveig", code="2.1", look="words")
    given = payloads(at)
    with workbench.open(study) as project:
        held = case_words(project, "open-library@1", "Solveig", "2.1")
    assert (given["transcript"]["view"], given["transcript"]["title"]) == (
        "charting:words",
        "volunteers",
    )
    assert given["transcript"]["may"] == {"cite": True}
    assert given["casewords"]["words"]["marks"] == [list(m) for m in held.marks]
    assert given["casewords"]["words"]["own"] == [list(stretch) for stretch in held.own]
    assert held.marks
    assert given["casewords"]["selected"]["case"] == given["celleditor"]["cell"]["case"]


def test_without_a_cell_the_place_of_the_transcript_says_what_to_do(page, study):
    at = page("charting", study, look="words")
    assert payloads(at)["casewords"]["words"] is None
    assert any("No cell is open" in m.value for m in at.markdown)


def test_words_are_cited_by_an_operation(study):
    with workbench.open(study, who="ingrid") as project:
        (hit, *_) = project.search("no money", context=0).itertuples()
        given = {
            "framework": "open-library@1",
            "case": "Caretaker",
            "code": "2.2",
            "transcript": hit.transcript,
            "start": int(hit.start),
            "stop": int(hit.stop),
        }
        (made,), _ = operations.carry_out(project, "cite_words", given)
        acts = [a["summary"] for a in project.history()]
        assert acts[0] == "Quoted in Caretaker × When something goes wrong: “no money”"
        operations.carry_out(project, "cite_words", {**given, "statement": made, "row_version": 1})
        assert [a["summary"] for a in project.history()] == acts


def test_statements_of_merged_columns_say_in_which_they_stood(page, study):
    with workbench.open(study) as project:
        edits.begin_draft(project, "open-library@1", "2")
        edits.merge_codes(project, "open-library@2", ["1.1", "1.2"], "1.1")
        edits.migrate(project, "open-library@1", "open-library@2")
        old = {c["number"]: f"{c['number']} {c['code']}" for c in codes(project)}
    at = page("charting", study, framework="open-library@2", case="Librarian", code="1.1")
    given = payloads(at)
    row = [r[1] for r in given["chart"]["rows"]].index("Librarian")
    shown = [s[5] for s in given["chart"]["cells"][row][0][3]]
    assert set(shown) == {old["1.1"], old["1.2"]}
    assert [s[7] for s in given["celleditor"]["cell"]["statements"]] == shown
    cut = page("charting", study, framework="open-library@2", look="code", code="1.1")
    entries = {e[0]: e for _, part in payloads(cut)["cuts"]["parts"] for e in part}
    assert [s[3] for s in entries["Librarian"][5]] == shown
    assert {s[5] for r in given["chart"]["cells"] for c in r[1:] for s in c[3]} == {""}


def codes(project):
    return views.codes(project, "open-library@1").to_dict("records")
