"""The page of agreement: its numbers, the map, the differences, and what stays blind."""

import json
from pathlib import Path

import pytest
from parts_given import parts
from two_readings import BED, GATE, LIST, RAIN, VERSION, read_twice

import workbench
from workbench.checks.agreement import table as table_of_agreement
from workbench.project import agreement_page, deciding, edits, transcript_page
from workbench.store import records
from workbench.ui.panels.agreement import numbers

UNDEFINED = "nobody gave the code"
SAME = "every coder gave every unit the same answer"


@pytest.fixture
def study(tmp_path: Path, monkeypatch) -> Path:
    """Two readings of the garden that are open to each other; Anna works here."""
    monkeypatch.setenv("WORKBENCH_USER", "anna")
    read_twice(tmp_path / "twice.fwb").close()
    return tmp_path / "twice.fwb"


@pytest.fixture
def blind(tmp_path: Path, monkeypatch) -> Path:
    """The same, each blind to the other."""
    monkeypatch.setenv("WORKBENCH_USER", "anna")
    read_twice(tmp_path / "blind.fwb", blind=True).close()
    return tmp_path / "blind.fwb"


def shown(page, study, view="numbers", **asks):
    return page("agreement", study, framework=VERSION, view=view, **asks)


def said(at) -> str:
    """Return all that the page says in its own words."""
    kinds = (at.markdown, at.caption, at.error, at.warning, at.success, at.info)
    return "\n".join(one.value.replace("\\", "") for kind in kinds for one in kind)


def payload(at) -> str:
    """Return all that was sent to the browser."""
    return "".join(str(element.proto) for element in at.main) + json.dumps(
        [json.loads(one.proto.json or "{}") for one in at.get("bidi_component")]
    )


def table(at) -> dict[str, list[str]]:
    """Return name → cells of the table of numbers, a dash with the number of its note."""
    rows = parts(at)["listing"]["rows"]
    return {
        row[0]["text"]: [
            c if isinstance(c, str) else f"{c['text']}{c.get('mark', '')}" for c in row[1:]
        ]
        for row in rows
    }


def test_without_a_framework_it_says_where_to_begin(page, empty):
    assert "No framework yet" in said(page("agreement", empty))


def test_the_table_has_the_numbers_of_each_code(page, study):
    at = shown(page, study)
    data = parts(at)["listing"]
    heads = "Code|n|By side|Prev.|Bias|Per cent|Pos.|Neg.|κ|κ max|κ SE|PABAK|AC1|α"
    assert data["columns"] == heads.split("|")
    assert data["breaks"] == [[0, "Codes"], [4, "Categories"], [6, "Overall"]]
    held = table(at)
    # by hand: of ten turns Anna gave it to one, Bo to two others; by chance .74 would agree
    assert held["2.1 Shared work"] == [
        *("10", "1 / 2", "0.150", "-0.100", "0.700", "0.000", "0.824"),
        *("-0.154", "0.615", held["2.1 Shared work"][9], "0.400", "0.597", "-0.118"),
    ]
    assert held["1.2 Barriers"][:2] == ["10", "1 / 1"]
    assert held["1.2 Barriers"][7] == "1.000"
    assert list(held)[4:] == ["Coming", "Sharing", "any code", "all codes"]
    told = "sides: anna alone / bo alone · unit: turns · 2 transcripts that two of them looked at"
    assert told in said(at)


def test_three_sides_have_fleiss_kappa_in_the_place_of_cohens(page, study):
    with workbench.open(study, who="anna") as project:
        edits.start_run(project, "cato alone", VERSION, kind="independent", coder="cato")
        edits.finish(project, "cato alone", ["gardener", "group"])
    at = shown(page, study)
    heads = "Code|n|By side|Prev.|Bias|Per cent|Pos.|Neg.|Fleiss’ κ|PABAK|AC1|α"
    assert parts(at)["listing"]["columns"] == heads.split("|")
    # by hand: one of three gave it to 3 of 10 turns, so .8 agree; by chance .1² + .9² = .82 would
    assert table(at)["2.1 Shared work"][7] == "-0.111"


def test_sets_of_codes_have_an_alpha_below_the_table(page, study):
    # by hand, of 20 sets 14 are empty: by Jaccard 2½ of 10 turns apart, by chance 191/380; by
    # MASI 2⅔ of 10, by chance 192/380
    told = said(shown(page, study))
    assert "all codes 0.503 / 0.472." in told
    assert "nan" not in told
    for unit in ("character", "continuum"):
        at = shown(page, study, unit=unit)
        assert not at.error
        assert "α of sets" not in said(at)


def test_what_is_undefined_is_a_dash_with_its_reason(page, study):
    at = shown(page, study)
    kappa = parts(at)["listing"]["rows"][0][8]
    assert kappa["text"] == "–"
    assert SAME in kappa["title"].lower()
    assert f"({kappa['mark']}) {kappa['title']}" in said(at)
    assert UNDEFINED in said(at)
    assert "nan" not in payload(at).lower()


def test_a_number_next_to_nothing_has_no_sign():
    told = [numbers.cell({"alpha": v}, "alpha", {}) for v in (-0.0004, 0.0, -0.0006)]
    assert told == ["0.000", "0.000", "-0.001"]


def test_choices_change_the_numbers_and_are_told(page, study):
    at = shown(page, study)
    assert table(at)["any code"][0] == "10"
    at.checkbox[0].uncheck().run()
    assert not at.exception
    assert table(at)["any code"][0] == "4"  # turns that anybody coded: one, and three of the group
    assert "text that nobody coded is left out" in said(at)
    at.checkbox[0].check()
    at.checkbox[2].uncheck().run()
    assert "without interviewers" in said(at)
    assert table(at)["any code"][0] == "6"  # interviewers speak four times
    assert at.selectbox(key="choose:unit").set_value("case").run().checkbox[2].disabled
    assert table(at)["any code"][0] == "3"


def test_bands_are_off_until_they_are_chosen_and_may_be_own_ones(page, study):
    at = shown(page, study)
    (bands,) = [t.key for t in at.text_input if t.key.startswith("agreement bands")]
    assert "In words" not in parts(at)["listing"]["columns"]
    at.text_input(key=bands).set_value("landis-koch").run()
    assert not at.exception
    assert parts(at)["listing"]["columns"][-1] == "In words"
    assert table(at)["1.2 Barriers"][-1] == "almost perfect"
    assert table(at)["2.1 Shared work"][-1] == "poor"
    at.text_input(key=bands).set_value("percent: talk=0, fine=0.7").run()
    assert table(at)["2.1 Shared work"][-1] == "fine"
    at.text_input(key=bands).set_value("what?").run()
    assert not at.exception
    assert "The bands" in said(at)
    assert "Nothing to compare" not in said(at)


@pytest.mark.parametrize("view", ["numbers", "differences"])
def test_people_are_compared_instead_of_runs(page, study, view):
    at = shown(page, study, view=view)
    people = next(m.key for m in at.multiselect if "coders" in m.key)
    at.multiselect(key=people).set_value(["bo", "anna"]).run()
    assert not at.exception
    assert "sides: bo / anna" in said(at)
    assert len(parts(at)["listing"]["rows"]) == (8 if view == "numbers" else 4)


def test_intervals_are_made_when_they_are_asked_for(page, study):
    at = shown(page, study)
    assert "95 % of α" not in parts(at)["listing"]["columns"]
    at.checkbox[4].check().run()
    assert not at.exception
    assert "95 % of α" in parts(at)["listing"]["columns"]
    assert "intervals from 1,000 draws, seed 1994" in said(at)


def test_characters_come_last_and_with_a_caution(page, study):
    at = shown(page, study)
    assert at.selectbox(key="choose:unit").options[-1] == "Characters"
    assert "The longer the text" not in said(at)
    at = shown(page, study, unit="character")
    assert "The longer the text, the better characters agree" in said(at)


def test_the_continuum_has_its_own_columns(page, study):
    at = shown(page, study, unit="continuum")
    assert parts(at)["listing"]["columns"][5:] == ["α_U", "uα", "|uα", "cuα", "(k)uα"]


def test_runs_are_chosen_by_the_address(page, study):
    with workbench.open(study, who="anna") as project:
        edits.start_run(project, "cato alone", VERSION, kind="independent", coder="cato")
        edits.finish(project, "cato alone", ["gardener"])
        runs = {r["name"]: r["id"] for r in runs_of(project)}
    at = shown(page, study, runs=f"{runs['bo alone']},{runs['cato alone']}")
    assert "sides: bo alone / cato alone" in said(at)
    assert at.query_params["runs"] == f"{runs['bo alone']},{runs['cato alone']}"


def test_runs_that_are_chosen_stand_in_the_address(page, study):
    at = shown(page, study)
    assert "runs" not in at.query_params
    with workbench.open(study, who="anna") as project:
        runs = {r["name"]: r["id"] for r in runs_of(project)}
    wanted = [runs["bo alone"], runs["anna alone"]]
    at.multiselect[0].set_value(wanted).run()
    assert not at.exception
    assert at.query_params["runs"] == ",".join(wanted)
    assert "sides: bo alone / anna alone" in said(at)


def runs_of(project):
    return transcript_page.visible_runs(project, VERSION)


def figure(at):
    (chart,) = at.get("plotly_chart")
    return json.loads(chart.proto.spec)


def test_the_map_leaves_blank_what_is_undefined_and_says_why(page, study):
    at = shown(page, study, view="pairs", coefficient="kappa")
    heat, marks = figure(at)["data"]
    assert [row[0] for row in heat["z"][:3]] == [None, 1.0, pytest.approx(-0.154, abs=0.001)]
    assert f"undefined: {SAME}" in marks["hovertext"][0]
    assert "anna alone / bo alone" in marks["hovertext"][2]
    assert marks["texttemplate"][:3] == ["", "1.00", "-0.15"]
    assert marks["customdata"][2] == [2, 0]
    assert [row[0]["text"] for row in parts(at)["listing"]["rows"]][:2] == [
        "1.1 Reasons to come",
        "1.2 Barriers",
    ]


def test_the_colours_of_the_map_are_neither_red_nor_green(page, study):
    at = shown(page, study, view="pairs")
    for _, colour in figure(at)["data"][0]["colorscale"]:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        assert blue >= max(red, green)


def test_differences_are_listed_with_the_words_of_both_sides(page, study):
    at = shown(page, study, view="differences")
    rows = parts(at)["listing"]["rows"]
    assert [(row[0]["text"], row[1], row[2]) for row in rows] == [
        ("Barriers", f"gardener · other borders\n{RAIN}", "open"),
        ("Barriers ↔ Shared work", f"gardener · other code\n{GATE}", "open"),
        ("Shared work", f"group · one side alone\n{LIST}", "open"),
        ("Shared work", f"group · one side alone\n{BED}", "open"),
    ]
    assert "0 of 4 differences decided" in at.get("progress")[0].proto.text
    marked = [m.value for m in at.markdown if ":blue-background" in m.value]
    assert ":blue-background[Rain keeps me away\\.]" in marked[0]
    assert ":blue-background[Rain keeps me] away\\." in marked[1]
    assert "13 of 19 characters shared" in said(at)


@pytest.mark.parametrize(
    ("asks", "wanted"),
    [
        ({"kind": "one-sided"}, [LIST, BED]),
        ({"in": "gardener"}, [RAIN, GATE]),
        ({"state": "decided"}, []),
    ],
)
def test_the_list_is_filtered(page, study, asks, wanted):
    at = shown(page, study, view="differences", **asks)
    rows = parts(at).get("listing", {"rows": []})["rows"]
    assert [row[1].split("\n")[1] for row in rows] == wanted
    if not wanted:
        assert "No difference is left by the filters" in said(at)


def test_the_list_needs_none_of_the_numbers(page, study, monkeypatch):
    """With thousands of sets of codes these take longer than all the rest of the page."""
    monkeypatch.setattr(table_of_agreement, "of_units", None)
    at = shown(page, study, view="differences")
    assert not at.error
    assert len(parts(at)["listing"]["rows"]) == 4


def test_a_difference_that_is_not_there_is_told(page, study):
    at = shown(page, study, view="differences", difference="gone")
    assert ["“gone” (Difference)" in toast.value.replace("\\", "") for toast in at.toast] == [True]
    assert len(parts(at)["listing"]["rows"]) == 4


def test_two_of_three_sides_are_chosen_for_the_list(page, study):
    with workbench.open(study, who="anna") as project:
        edits.start_run(project, "cato alone", VERSION, kind="independent", coder="cato")
        edits.finish(project, "cato alone", ["gardener", "group"])
    at = shown(page, study, view="pairs", coefficient="percent")
    heat, marks = figure(at)["data"]
    assert heat["z"][2] == pytest.approx([0.7, 0.9, 0.8])  # Anna gave it once, Bo twice
    assert len(marks["customdata"]) == 3 * 8
    at = shown(page, study, view="differences", pair="1")
    assert "sides: anna alone / cato alone" in said(at)
    assert [row[2] for row in parts(at)["listing"]["rows"]] == ["open"] * 4


def test_a_code_or_a_category_has_its_differences(page, study):
    at = shown(page, study)
    ids = {r[0]["text"]: r[0]["go"]["of"] for r in parts(at)["listing"]["rows"]}
    of = {"of": ids["1.2 Barriers"]}
    at = shown(page, study, view="differences", **of)
    assert len(parts(at)["listing"]["rows"]) == 2
    at = shown(page, study, view="differences", of=f"category:{ids['Sharing']}")
    assert len(parts(at)["listing"]["rows"]) == 3


def test_a_run_of_consensus_is_begun_and_a_difference_is_decided_in_it(page, study):
    at = shown(page, study, view="differences")
    assert "No run of consensus yet" in said(at)
    at.button(key="begin consensus").click().run()
    assert not at.exception
    (first, *_) = listed(study)
    at.radio(key=f"verdict {first.key}").set_value("second")
    at.text_area(key=f"why {first.key}").set_value("The words alone.")
    at.run()
    at.button(key="decide").click().run()
    assert not at.exception
    assert [d.decided for d in listed(study)] == [True, False, False, False]
    assert at.query_params["difference"] == listed(study)[1].key
    assert "1 of 4 differences decided" in at.get("progress")[0].proto.text
    at = shown(page, study, view="differences", difference=first.key)
    assert "first side: **dropped** by anna in “garden@2 consensus”: The words alone." in said(at)
    assert "second side: **kept**" in said(at)


def listed(study):
    sides = ("anna alone", "bo alone")
    with workbench.open(study, who="anna") as project:
        of = agreement_page.Comparison(framework=VERSION)
        return deciding.listed(agreement_page.differences(project, of, sides, sides))


def test_a_decision_without_a_reason_is_not_stored(page, study):
    with workbench.open(study, who="anna") as project:
        edits.start_run(project, "together", VERSION, kind="consensus")
    at = shown(page, study, view="differences")
    (first, *_) = listed(study)
    at.radio(key=f"verdict {first.key}").set_value("neither").run()
    at.button(key="decide").click().run()
    assert "Write a reason" in said(at)
    assert not any(d.decided for d in listed(study))


def test_what_somebody_else_decided_meanwhile_is_told_before_it_is_changed(page, study):
    with workbench.open(study, who="anna") as project:
        edits.start_run(project, "together", VERSION, kind="consensus")
    at = shown(page, study, view="differences")
    (first, *_) = listed(study)
    at.radio(key=f"verdict {first.key}").set_value("neither").run()
    with workbench.open(study, who="bo") as project:
        deciding.settle(project, "together", first, "both", "Bo was quicker.")
    at.text_area(key=f"why {first.key}").set_value("No barrier.").run()
    at.button(key="decide").click().run()
    assert not at.exception
    assert "Somebody else changed this meanwhile. It says now: “Bo was quicker.”" in said(at)
    assert reasons(study, first) == {"Bo was quicker."}
    at.button(key="decide").click().run()
    assert not at.exception
    assert reasons(study, first) == {"No barrier."}


def reasons(study, one) -> set[str]:
    with workbench.open(study, who="anna") as project:
        return {d.reason for d in deciding.shown(project, one).decisions}


@pytest.mark.parametrize("view", ["numbers", "pairs", "differences"])
def test_the_codings_of_a_blind_run_are_not_sent_until_they_are_open(page, blind, view):
    with workbench.open(blind, who="bo") as project:
        held = workbench.views.codings(project, VERSION)
        secret = set(held.loc[held["coder"] == "bo", "coding_id"])
        runs = {r["name"]: r["id"] for r in runs_of(project)}
    assert len(secret) == 4
    for asks in ({}, {"runs": runs["bo alone"]}, {"difference": min(secret)}):
        at = shown(page, blind, view=view, **asks)
        sent = payload(at)
        assert "Nothing to compare" in said(at)
        assert not [i for i in secret if i in sent]
        assert BED not in sent
        assert "bo alone" not in sent
    with workbench.open(blind, who="anna") as project:
        edits.start_run(project, "together", VERSION, kind="consensus")
    at = shown(page, blind, view=view)
    assert "Nothing to compare" not in said(at)
    assert "bo alone" in payload(at)


def test_a_blind_round_opens_on_the_page_when_all_have_finished(page, study):
    with workbench.open(study, who="anna") as project:
        edits.plan_round(project, "pilot", ["anna", "bo"], VERSION, transcripts=["group"])
        edits.code_quote(project, "group", BED, "1.1", coder="bo", run="pilot, bo")
        edits.finish(project, "pilot, anna", ["group"])
        runs = [str(r["id"]) for r in records_of(project, "pilot")]
    for finished in (False, True):
        if finished:
            with workbench.open(study, who="bo") as project:
                edits.finish(project, "pilot, bo", ["group"])
        at = shown(page, study, runs=",".join(runs))
        assert ("pilot, bo" in payload(at)) is finished
        assert ("sides: pilot, anna / pilot, bo" in said(at)) is finished


def records_of(project, name: str):
    """Return the runs of a round, whoever may see them."""
    with project.acting("look") as act:
        held = records.find(act.connection, "run")
    return [row for row in held if row["name"].startswith(f"{name}, ")]


def test_numbers_that_were_kept_for_one_are_not_shown_to_another(page, blind):
    at = shown(page, blind)
    assert "Nothing to compare" in said(at)
    with workbench.open(blind, who="bo") as project:
        edits.start_run(project, "cato alone", VERSION, kind="independent", blind=True, coder="bo")
        edits.finish(project, "cato alone", ["gardener", "group"])
    work_as(at, "bo")
    assert "sides: bo alone / cato alone" in said(at)
    work_as(at, "anna")
    assert "Nothing to compare" in said(at)
    assert BED not in payload(at)


def work_as(at, handle: str) -> None:
    """Let somebody else work on the page; its own run closes the project late."""
    key = next(s.key for s in at.selectbox if (s.key or "").startswith("choose:who"))
    at.selectbox(key=key).set_value(handle).run()
    at.run()
    assert not at.exception


def test_the_page_speaks_norwegian(page, study):
    at = shown(page, study)
    at.session_state["language"] = "nb"
    at.run()
    assert not at.exception
    assert at.title[0].value == "Samsvar"
    assert "enhet: replikker" in said(at)


# --- rounds --------------------------------------------------------------------------


def test_without_a_round_the_page_says_what_one_is(page, study):
    at = shown(page, study, "rounds")
    assert "No round yet" in said(at)
    assert [b.label for b in at.button if b.key == "plan round"] == ["Plan a round"]


def test_a_round_tells_how_it_was_drawn_and_how_far_each_coder_is(page, study):
    with workbench.open(study, who="anna") as project:
        edits.plan_round(project, "pilot", ["anna", "bo"], VERSION, number=1, seed=7)
        (run,) = [r["name"] for r in transcript_page.visible_runs(project) if "pilot" in r["name"]]
        every = transcript_page.transcript_names(project)
    at = shown(page, study, "rounds")
    told = said(at)
    assert run == "pilot, anna"
    assert "**pilot**" in told
    share = f"{1 / len(every):.0%}"
    assert f"1 transcript · {share} of all · drawn at random, seed 7 · blind until all" in told
    bars = [element.proto.text.replace("\\", "") for element in at.get("progress")]
    assert bars == ["anna: 0 of 1", "bo: 0 of 1"]
    assert "1 transcript left for you:" in told
    with workbench.open(study, who="anna") as project:
        frame = workbench.views.round_transcripts(project, "pilot")
        for who in ("anna", "bo"):
            edits.finish(project, f"pilot, {who}", [frame["transcript"][0]])
    at = shown(page, study, "rounds")
    assert "blind, open now" in said(at)
    bars = [element.proto.text.replace("\\", "") for element in at.get("progress")]
    assert bars == ["anna: 1 of 1", "bo: 1 of 1"]
    assert "left for you" not in said(at)
    assert "You have finished your part." in said(at)
    assert "From round to round" in said(at)


RATED = "cell,tora,amir\nP01,1,1\nP02,1,2\nP03,3,3\nP04,2,\n"


def rated(page, study, text=RATED, name="strength.csv"):
    """Return the page after a table of ratings was handed in; invented, as all here."""
    at = shown(page, study, "ratings")
    at.file_uploader[0].set_value((name, text.encode(), "text/csv")).run()
    assert not at.exception
    return at


def rows_shown(at) -> list[list[list[str]]]:
    """Return the rows of each list that is shown."""
    data = [json.loads(one.proto.json or "{}") for one in at.get("bidi_component")]
    return [
        [[c if isinstance(c, str) else c["text"] for c in row] for row in one["rows"]]
        for one in data
        if "rows" in one
    ]


def test_ratings_have_their_alpha_at_the_level_that_is_chosen(page, study):
    before = study.read_bytes()
    at = rated(page, study)
    # by hand: 1 thrice, 2 once, 3 twice; one pair is apart. Ordinal: 1 to 2 is 2 apart, 1 to 3
    # 3½, 2 to 3 1½, so 1 - 2·4/6 / (2·90/30); interval: 1 - 2·1/6 / (2·29/30)
    numbers_shown, apart = rows_shown(at)
    assert numbers_shown == [["tora / amir", "3", "1", "0.667", "0.778"]]
    assert apart == [["P02", "1", "2"]]
    assert "level: ordinal · values: 1, 2, 3" in said(at)
    assert "1 thing was rated by fewer than two and does not count: P04." in said(at)
    assert "Nothing of the table is stored in the project" in said(at)
    at.selectbox(key="choose:level").set_value("interval").run()
    assert rows_shown(at)[0] == [["tora / amir", "3", "1", "0.667", "0.828"]]
    assert study.read_bytes() == before
    at.button(key="ratings leave").click().run()
    assert not rows_shown(at)
    assert at.file_uploader


def test_ratings_in_words_ask_for_their_order(page, study):
    words = "cell,tora,amir\nA,weak,weak\nB,weak,some\nC,strong,strong\nD,some,\n"
    at = rated(page, study, words)
    (error,) = at.error
    told = "Say which is higher: “some” is no number. Name all values in order, from low to high."
    assert error.value.replace("\\", "") == told
    assert not rows_shown(at)
    order = f"ratings order {at.session_state['project']}"
    at.text_input(key=order).set_value("weak, some, weak").run()
    assert "“weak” stands in the order twice. Name each value once." in said(at)
    at.text_input(key=order).set_value("weak, some, strong").run()
    assert not at.error
    assert rows_shown(at)[0] == [["tora / amir", "3", "1", "0.667", "0.778"]]


def test_ratings_without_a_value_say_why(page, study):
    at = rated(page, study, "cell,tora,amir\nP01,2,2\nP02,2,2\n")
    assert rows_shown(at)[0] == [["tora / amir", "2", "0", "1.000", "–"]]
    assert f"– is undefined: (1) {SAME}" in said(at)
    assert "They agree on all that two of them rated." in said(at)
    assert "nan" not in payload(at).lower()


def test_a_file_that_holds_no_ratings_is_one_sentence(page, study):
    at = rated(page, study, "cell,tora\nP01,2\n", "alone.csv")
    (error,) = at.error
    assert error.value.replace("\\", "") == (
        "alone.csv: line 1: it names no two raters. The first column names what was rated, each "
        "other one is a rater's."
    )
    assert at.file_uploader


def test_ratings_need_no_framework(page, empty):
    at = page("agreement", empty, view="ratings")
    at.file_uploader[0].set_value(("strength.csv", RATED.encode(), "text/csv")).run()
    assert not at.exception
    assert rows_shown(at)[0] == [["tora / amir", "3", "1", "0.667", "0.778"]]
