"""Agreement of a project's runs and coders: who is compared, on what, and what is refused."""

import pytest
from builders import GARDENER, Garden, incoming

from workbench import views
from workbench.errors import BadValue, Refused, UnknownName
from workbench.project import edits

RAIN = "Rain keeps me away."
GATE = "The gate is locked after six, and nobody has a key."
LIST = "We have a list on the shed."
QUICK = {"resamples": 0}


@pytest.fixture
def twice(garden: Garden) -> Garden:
    """The garden, where Bo coded rain and the list too, in a run of his own."""
    p = garden.project
    edits.start_run(p, "bo alone", "garden@1", kind="independent", coder="bo")
    edits.code_quote(p, "gardener", RAIN, "1.2", coder="bo", run="bo alone")
    edits.code_quote(p, "group", LIST, "2.1", coder="bo", run="bo alone")
    return garden


def of(table, name: str):
    return table.set_index("name").loc[name]


def test_two_runs_turn_by_turn(twice: Garden) -> None:
    """Both looked at both transcripts: ten turns, those of interviewers included.

    Barriers: Anna and Bo in one turn, the same. Shared work: Anna in two turns, Bo in one.
    """
    table = views.agreement(twice.project, ["first", "bo alone"], **QUICK)
    assert of(table, "Barriers")[["units", "by_side", "kappa"]].tolist() == [10, (1, 1), 1]
    shared = of(table, "Shared work")
    assert shared["by_side"] == (2, 1)
    assert shared["percent"] == pytest.approx(0.9)
    assert shared["positive"] == pytest.approx(2 / 3)
    assert of(table, "any code")["by_side"] == (6, 2)
    said = {k: v for k, v in table.attrs.items() if k != "evidence"}
    assert said["framework"] == "garden@1"
    assert said["runs"] == ["first", "bo alone"]
    assert said["sides"] == ("first", "bo alone")
    assert said["transcripts"] == 2
    assert (said["interviewer"], said["unplaced"]) == (True, 0)


def test_evidence_leads_to_the_codings_of_each_side(twice: Garden) -> None:
    table = views.agreement(twice.project, ["first", "bo alone"], **QUICK)
    ids, barriers = table.attrs["evidence"], of(table, "Barriers")["of"]
    first = ids[barriers, "first"]
    assert sorted(first) == sorted([twice.codings["rain"], twice.codings["gate"]])
    bo = ids[barriers, "bo alone"]
    (coding,) = views.codings(twice.project).set_index("coding_id").loc[list(bo), "quote"]
    assert coding == RAIN


def test_what_interviewers_say_can_be_left_out(twice: Garden) -> None:
    table = views.agreement(twice.project, ["first", "bo alone"], interviewer=False, **QUICK)
    assert (table["units"].head(4) == 6).all()
    with pytest.raises(BadValue, match="turn or sentence"):
        views.agreement(twice.project, ["first", "bo alone"], unit="case", interviewer=False)


def test_cases_and_sentences(twice: Garden) -> None:
    cases = views.agreement(twice.project, ["first", "bo alone"], unit="case", **QUICK)
    assert of(cases, "Shared work")[["units", "by_side"]].tolist() == [3, (2, 1)]
    sentences = views.agreement(twice.project, ["first", "bo alone"], unit="sentence", **QUICK)
    # gardener 1 + 2 + 1 + 2, group 1 + 2 + 2 + 2 + 1 + 1; Anna: two of one turn, one of the next
    assert of(sentences, "Shared work")[["units", "by_side"]].tolist() == [15, (3, 1)]


def test_people_are_compared_in_one_run(twice: Garden) -> None:
    p = twice.project
    edits.code_quote(p, "gardener", RAIN, "1.1", coder="cato", run="first")
    table = views.agreement(p, ["first"], **QUICK)
    assert table.attrs["sides"] == ("anna", "cato")
    # cato coded in one transcript alone: that one is compared
    assert table.attrs["transcripts"] == 1
    assert of(table, "Reasons to come")[["units", "by_side"]].tolist() == [4, (1, 1)]


def test_people_are_compared_over_several_runs(twice: Garden) -> None:
    table = views.agreement(twice.project, ["first", "bo alone"], coders=["bo", "anna"], **QUICK)
    assert table.attrs["sides"] == ("bo", "anna")
    assert of(table, "Shared work")["by_side"] == (1, 2)


def test_without_names_the_independent_runs_are_compared(twice: Garden) -> None:
    p = twice.project
    edits.start_run(p, "cato alone", "garden@1", kind="independent", coder="cato")
    edits.finish(p, "cato alone", ["gardener"])
    table = views.agreement(p, **QUICK)
    assert table.attrs["sides"] == ("bo alone", "cato alone")
    assert table.attrs["transcripts"] == 1
    assert of(table, "Barriers")["by_side"] == (1, 0)


def test_only_some_transcripts(twice: Garden) -> None:
    table = views.agreement(
        twice.project, ["first", "bo alone"], transcripts=["group.txt"], **QUICK
    )
    assert of(table, "Barriers")[["units", "by_side"]].tolist() == [6, (0, 0)]
    with pytest.raises(UnknownName):
        views.agreement(twice.project, ["first", "bo alone"], transcripts=["nobody"])


def test_each_two_of_three(twice: Garden) -> None:
    p = twice.project
    edits.start_run(p, "cato alone", "garden@1", kind="independent", coder="cato")
    edits.code_quote(p, "gardener", RAIN, "1.2", coder="cato", run="cato alone")
    runs = ["first", "bo alone", "cato alone"]
    pairs = views.agreement_by_pair(p, runs)
    barriers = pairs.loc[pairs["name"] == "Barriers", ["side", "other", "units", "kappa"]]
    assert barriers.values.tolist() == [
        ["first", "bo alone", 10, 1],
        ["first", "cato alone", 4, 1],
        ["bo alone", "cato alone", 4, 1],
    ]
    assert pairs.attrs["sides"] == tuple(runs)
    three = views.agreement(p, runs, **QUICK)
    assert of(three, "Barriers")[["by_side", "alpha"]].tolist() == [(1, 1, 1), 1]


def test_codings_that_wait_for_a_place_are_told_and_do_not_count(twice: Garden) -> None:
    p = twice.project
    heard = incoming("gardener", GARDENER.replace(RAIN, "Snow keeps me in."))
    edits.correct_transcript(p, "gardener", heard)
    table = views.agreement(p, ["first", "bo alone"], **QUICK)
    assert table.attrs["unplaced"] == 2
    assert of(table, "Barriers")["by_side"] == (1, 0)


def test_bands_are_off_unless_they_are_asked_for(twice: Garden) -> None:
    p, runs = twice.project, ["first", "bo alone"]
    assert "band" not in views.agreement(p, runs, **QUICK)
    banded = views.agreement(p, runs, bands="landis-koch", **QUICK)
    assert of(banded, "Barriers")["band"] == "almost perfect"
    assert of(banded, "Tools")["band"] == "slight"
    own = views.agreement(p, runs, bands="percent: low=0, high=0.95", **QUICK)
    assert of(own, "Shared work")["band"] == "low"
    for wrong in ("nonsense", "kappa: 3", "nobody: low=0"):
        with pytest.raises(BadValue):
            views.agreement(p, runs, bands=wrong, **QUICK)


def test_one_side_is_no_comparison(garden: Garden) -> None:
    for runs in (["first"], ["first", "first"], []):
        with pytest.raises(Refused, match="Agreement is of two runs, or of two coders"):
            views.agreement(garden.project, runs)


def test_sides_that_looked_at_nothing_both_are_refused(garden: Garden) -> None:
    p = garden.project
    edits.start_run(p, "bo alone", "garden@1", kind="independent", coder="bo")
    with pytest.raises(Refused, match="nothing to compare"):
        views.agreement(p, ["first", "bo alone"])


def test_runs_of_two_versions_are_refused(twice: Garden) -> None:
    p = twice.project
    edits.begin_draft(p, "garden@1", "2")
    edits.start_run(p, "second", "garden@2")
    with pytest.raises(Refused, match="different framework versions"):
        views.agreement(p, ["first", "second"])


def test_a_blind_run_of_somebody_else_is_not_looked_into(garden: Garden) -> None:
    p = garden.project  # opened by anna
    edits.begin_draft(p, "garden@1", "2")
    for name in ("anna", "bo"):
        edits.start_run(p, f"{name} blind", "garden@2", kind="independent", blind=True, coder=name)
        edits.finish(p, f"{name} blind", ["gardener"])
    runs = ["anna blind", "bo blind"]
    with pytest.raises(Refused, match="“bo blind” is blind and somebody else's"):
        views.agreement(p, runs)
    with pytest.raises(Refused, match="Agreement is of two runs"):
        views.agreement(p, framework="garden@2")
    edits.start_run(p, "consensus", "garden@2", kind="consensus")
    assert views.agreement(p, runs, **QUICK).attrs["transcripts"] == 1
    assert views.agreement(p, framework="garden@2", **QUICK).attrs["sides"] == tuple(runs)


def test_an_unknown_run_or_unit_is_told(twice: Garden) -> None:
    with pytest.raises(UnknownName, match="bo alone"):
        views.agreement(twice.project, ["first", "bo alon"])
    with pytest.raises(BadValue, match="one of case, turn"):
        views.agreement(twice.project, ["first", "bo alone"], unit="word")  # type: ignore[arg-type]


def test_what_two_runs_coded_differently_with_its_words(twice: Garden) -> None:
    p = twice.project
    found = views.differences(p, ["first", "bo alone"])
    rows = found[["kind", "transcript", "code", "other", "words"]].values.tolist()
    assert rows == [
        [
            "one-sided",
            "gardener",
            "Reasons to come",
            "",
            "The quiet. On a bad day I come here 🌱 and it helps.",
        ],
        ["one-sided", "gardener", "Barriers", "", GATE],
        ["borders", "group", "Shared work", "Shared work", f"{LIST} It works well."],
        ["one-sided", "group", "Shared work", "", "The list is never up to date."],
        ["one-sided", "group", "Reasons to come", "", "Rain helps us."],
        ["one-sided", "group", "Tools", "", "Tools are lent and come back late."],
    ]
    assert found.attrs["same"] == 1
    border = found.iloc[2]
    assert (border["shared"], border["together"]) == (len(LIST), len(LIST) + len(" It works well."))
    assert border["codings"] == (twice.codings["list"],)
    assert views.codings(p).set_index("coding_id").loc[border["other_codings"][0], "coder"] == "bo"


def test_a_difference_is_decided_when_all_its_codings_are(twice: Garden) -> None:
    p = twice.project
    edits.start_run(p, "consensus", "garden@1", kind="consensus")

    def decided() -> list[bool]:
        return list(views.differences(p, ["first", "bo alone"])["decided"])

    assert decided() == [False] * 6
    border = views.differences(p, ["first", "bo alone"]).iloc[2]
    edits.decide(p, "consensus", border["codings"][0], "kept", "It works, too.")
    assert decided() == [False] * 6
    edits.decide(p, "consensus", border["other_codings"][0], "dropped", "Too short.")
    assert decided() == [False, False, True, False, False, False]


def test_differences_are_of_two_sides(twice: Garden) -> None:
    p = twice.project
    edits.start_run(p, "cato alone", "garden@1", kind="independent", coder="cato")
    with pytest.raises(BadValue, match="two sides"):
        views.differences(p, ["first", "bo alone", "cato alone"])


@pytest.mark.parametrize("wrong", [{"resamples": -1}, {"resamples": 10_001}, {"seed": -1}])
def test_draws_and_seed_are_numbers_that_make_sense(twice: Garden, wrong: dict[str, int]) -> None:
    with pytest.raises(BadValue, match="give 0"):
        views.agreement(twice.project, ["first", "bo alone"], **wrong)
