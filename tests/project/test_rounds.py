"""Rounds: who indexes the same transcripts, how they are drawn, and who may look when."""

from fractions import Fraction
from hashlib import sha256

import builders
import pytest
from builders import ANNA, BO, VERSION, Garden
from hypothesis import given
from hypothesis import strategies as st
from tampering import by_force
from trying import often

from workbench import errors
from workbench.project import edits, views
from workbench.project.opening import Project
from workbench.project.transcript_page import visible_to
from workbench.stages.indexing import drawing


@pytest.fixture
def many(tmp_path):
    """A project of ten transcripts t0 … t9, of which three are of the city."""
    with builders.create(tmp_path / "many.fwb", who="anna") as project:
        builders.bring(project, *((f"t{n}", f"P{n}: I said {n}.\n") for n in range(10)))
        edits.add_framework(project, builders.version())
        city = {f"t{n}": {"where": "city" if n in (2, 5, 6) else "rural"} for n in range(10)}
        edits.add_cases(project, city)
        yield project


def chosen(project: Project, name: str) -> list[str]:
    return list(dict.fromkeys(views.round_transcripts(project, name)["transcript"]))


def first_lots(names: list[str], seed: int, number: int) -> set[str]:
    return set(sorted(names, key=lambda n: sha256(f"{seed} {n}".encode()).hexdigest())[:number])


# --- planning ------------------------------------------------------------------------


def test_a_round_begins_an_independent_run_for_each_coder_in_one_act(garden: Garden):
    acts = garden.acts()
    edits.plan_round(garden.project, "pilot", ["anna", "cato"], VERSION, transcripts=["group"])
    assert garden.acts() == acts + 1
    assert garden.project.history(1)[0]["summary"] == (
        "Planned the round “pilot” of 1 transcript for anna, cato"
    )
    runs = views.runs(garden.project).set_index("run").loc[["pilot, anna", "pilot, cato"]]
    assert runs["coder"].tolist() == ["anna", "cato"]
    assert set(runs["kind"]) == {"independent"}
    assert runs["blind"].all()
    told = views.rounds(garden.project).drop(columns="run").to_dict("records")
    assert [(t.pop("seed"), t.pop("drawn_from")) for t in told] == [(None, None)] * 2
    common = {
        "round": "pilot",
        "framework": VERSION,
        "finished": 0,
        "transcripts": 1,
        "share": 0.5,
        "blind": True,
        "open": False,
        "drawn": "named",
    }
    assert told == [{**common, "coder": "anna"}, {**common, "coder": "cato"}]


def test_a_round_that_is_undone_takes_its_runs_along(garden: Garden):
    before = garden.live()
    edits.plan_round(garden.project, "pilot", ["anna", "bo"], number=1)
    garden.project.undo()
    assert garden.live() == before
    garden.project.redo()
    assert len(views.rounds(garden.project)) == 2


def test_so_many_are_drawn_and_the_seed_is_kept(many: Project):
    edits.plan_round(many, "one", ["anna", "bo"], number=4)
    edits.plan_round(many, "two", ["anna", "bo"], share=0.31, seed=77)
    names = [f"t{n}" for n in range(10)]
    assert set(chosen(many, "one")) == first_lots(names, 1, 4)
    assert set(chosen(many, "two")) == first_lots(names, 77, 4)
    told = views.rounds(many).drop_duplicates("round").set_index("round")
    assert told["seed"].to_dict() == {"one": 1, "two": 77}
    assert told["drawn_from"].to_dict() == {"one": 10, "two": 10}
    assert told["share"].to_dict() == {"one": 0.4, "two": 0.4}


def test_the_next_round_draws_by_its_own_number(many: Project):
    for name in ("one", "two"):
        edits.plan_round(many, name, ["anna", "bo"], number=3)
    assert set(chosen(many, "two")) == first_lots([f"t{n}" for n in range(10)], 2, 3)


def test_a_stratified_draw_takes_from_each_group_alike(many: Project):
    edits.plan_round(many, "one", ["anna", "bo"], number=3, by="where", seed=5)
    city, rural = ["t2", "t5", "t6"], ["t0", "t1", "t3", "t4", "t7", "t8", "t9"]
    assert set(chosen(many, "one")) == first_lots(city, 5, 1) | first_lots(rural, 5, 2)
    assert views.rounds(many)["drawn"].tolist() == ["by where"] * 2


def test_a_transcript_of_several_cases_is_of_the_group_of_all_its_values(garden: Garden):
    edits.set_attribute(garden.project, ANNA, "where", "city")
    edits.set_attribute(garden.project, BO, "where", "rural")
    edits.plan_round(garden.project, "one", ["anna", "bo"], number=2, by="where")
    assert chosen(garden.project, "one") == ["gardener", "group"]


@pytest.mark.parametrize(
    ("coders", "options", "said"),
    [
        (["anna", "anna"], {"number": 1}, "A round is of two coders or more. Name another one."),
        (["anna", " "], {"number": 1}, "A coder"),
        (["anna", "bo"], {}, "Name the transcripts of the round, or say how many to draw"),
        (["anna", "bo"], {"number": 1, "share": 0.5}, "Name the transcripts of the round, or"),
        (["anna", "bo"], {"number": 3}, "The number of transcripts to draw .* 1 to 2"),
        (["anna", "bo"], {"number": 0}, "The number of transcripts to draw .* 1 to 2"),
        (["anna", "bo"], {"share": 1.5}, "The share of transcripts .* over 0, to 1"),
        (["anna", "bo"], {"share": float("nan")}, "The share of transcripts .* over 0, to 1"),
        (["anna", "bo"], {"number": 1, "seed": -1}, "The seed"),
        (["anna", "bo"], {"number": 1, "by": "wher"}, "wher"),
        (["anna", "bo"], {"transcripts": ["group"], "seed": 1}, "named are not drawn"),
        (["anna", "bo"], {"transcripts": ["nowhere"]}, "nowhere"),
        (["anna", "bo"], {"number": 1, "framework": "garden@9"}, "garden@9"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused_and_nothing_stored(garden, coders, options, said):
    before = garden.live()
    with pytest.raises(errors.WorkbenchError, match=said):
        edits.plan_round(garden.project, "pilot", coders, **options)
    assert garden.live() == before


def test_a_second_round_of_a_name_is_refused(garden: Garden):
    edits.plan_round(garden.project, "pilot", ["anna", "bo"], number=1)
    with pytest.raises(errors.Refused, match="There is a round called “pilot” already"):
        edits.plan_round(garden.project, " pilot ", ["cato", "bo"], number=1)
    with pytest.raises(errors.UnknownName, match="pilot"):
        views.round_transcripts(garden.project, "pilo")


STRATA = st.dictionaries(st.text(max_size=4), st.sampled_from(["a", "b", "c"]), min_size=1)


@often(200)
@given(strata=STRATA, seed=st.integers(0, 9), data=st.data())
def test_a_draw_is_in_order_even_and_the_same_for_any_order_of_rows(strata, seed, data):
    number = data.draw(st.integers(1, len(strata)))
    found = drawing.drawn(strata, number, seed)
    assert len(found) == number
    assert found == [name for name in strata if name in set(found)]
    shuffled = dict(data.draw(st.permutations(list(strata.items()))))
    assert set(drawing.drawn(shuffled, number, seed)) == set(found)
    size = {s: list(strata.values()).count(s) for s in strata.values()}
    had = {s: sum(strata[name] == s for name in found) for s in size}
    for s in size:
        for other in size:
            one_less = Fraction(had[s] - 1, size[s])
            assert one_less <= Fraction(had[other], size[other]), "taken where more was drawn"
    assert number < len(size) or all(had.values())


# --- who may look --------------------------------------------------------------------


def visible(project: Project, who: str) -> set[str]:
    """Return the runs of the round that a person may look into."""
    with project.reading() as connection:
        found = visible_to(connection, who, None)
    return {r["name"] for r in found if r["name"].startswith("pilot")}


def test_a_blind_round_opens_when_all_have_finished_all(garden: Garden):
    p, both = garden.project, {"pilot, anna", "pilot, bo"}
    edits.plan_round(p, "pilot", ["anna", "bo"], transcripts=["group", "gardener"])
    edits.finish(p, "pilot, anna", ["group", "gardener"])
    edits.finish(p, "pilot, bo", ["group"])
    assert [visible(p, w) for w in ("anna", "bo", "cato")] == [
        {"pilot, anna"},
        {"pilot, bo"},
        set(),
    ]
    assert views.rounds(p)["finished"].tolist() == [2, 1]
    edits.finish(p, "pilot, bo", ["gardener"])
    assert [visible(p, w) for w in ("anna", "bo", "cato")] == [both] * 3
    assert views.rounds(p)["open"].all()
    p.undo()
    assert visible(p, "cato") == set()


def test_a_run_of_consensus_opens_a_round_that_was_planned_before_it(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], transcripts=["group"])
    edits.start_run(p, "talked", VERSION, kind="consensus")
    assert visible(p, "cato") == {"pilot, anna", "pilot, bo"}
    edits.plan_round(p, "pilot two", ["anna", "bo"], transcripts=["gardener"])
    assert visible(p, "anna") == {"pilot, anna", "pilot, bo", "pilot two, anna"}


def test_a_consensus_of_another_framework_version_opens_nothing(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], VERSION, transcripts=["group"])
    edits.add_framework(p, builders.version(number="2"))
    edits.start_run(p, "talked", "garden@2", kind="consensus")
    assert visible(p, "anna") == {"pilot, anna"}


def test_a_round_that_is_not_blind_is_open_from_the_beginning(garden: Garden):
    edits.plan_round(garden.project, "pilot", ["anna", "bo"], number=1, blind=False)
    assert visible(garden.project, "cato") == {"pilot, anna", "pilot, bo"}
    assert views.rounds(garden.project)["open"].all()


def test_a_run_that_is_not_blind_and_in_no_round_is_never_shut(garden: Garden):
    p = garden.project
    edits.add_framework(p, builders.version(number="2"))
    edits.plan_round(p, "pilot", ["anna", "bo"], "garden@2", number=1)
    edits.start_run(p, "pilot open", "garden@2", kind="independent", coder="bo")
    assert visible(p, "anna") == {"pilot, anna", "pilot open"}


def test_a_run_that_was_carried_from_a_shut_one_is_shut(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], VERSION, transcripts=["group"])
    edits.code_quote(p, "group", "Rain helps us.", "1.1", run="pilot, bo", coder="bo")
    edits.begin_draft(p, VERSION, "2")
    edits.migrate(p, "pilot, bo", "garden@2", name="pilot later")
    edits.start_run(p, "other", "garden@2")
    assert visible(p, "anna") == {"pilot, anna"}
    assert visible(p, "bo") == {"pilot, bo", "pilot later"}


def test_a_transcript_that_was_corrected_stays_finished(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], transcripts=["group"])
    edits.finish(p, "pilot, anna", ["group"])
    text = builders.GROUP.replace("up to date", "up-to-date")
    edits.correct_transcript(p, "group", builders.incoming("group", text))
    assert views.rounds(p)["finished"].tolist() == [1, 0]


# --- copies --------------------------------------------------------------------------


def test_a_round_goes_on_in_a_copy_and_opens_when_the_copies_are_merged(garden: Garden, tmp_path):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], transcripts=["group"])
    with builders.twin(p, tmp_path / "theirs.fwb") as other:
        edits.finish(other, "pilot, bo", ["group"])
        edits.plan_round(other, "later", ["anna", "bo"], transcripts=["gardener"])
        edits.finish(p, "pilot, anna", ["group"])
        assert visible(p, "cato") == visible(other, "cato") == set()
        edits.merge(p, other)
    told = views.rounds(p)
    assert told["round"].tolist() == ["pilot", "pilot", "later", "later"]
    assert told["finished"].tolist() == [1, 1, 0, 0]
    assert visible(p, "cato") == {"pilot, anna", "pilot, bo"}
    assert p.check() == []


def test_one_round_that_was_planned_in_two_copies_is_one(garden: Garden, tmp_path):
    p = garden.project
    with builders.twin(p, tmp_path / "theirs.fwb", who="anna") as other:
        for copy in (p, other):
            edits.plan_round(copy, "pilot", ["anna", "bo"], number=1, seed=3)
        edits.finish(other, "pilot, bo", chosen(other, "pilot"))
        edits.merge(p, other)
    assert views.rounds(p)[["round", "coder", "finished"]].values.tolist() == [
        ["pilot", "anna", 0],
        ["pilot", "bo", 1],
    ]
    assert p.check() == []


# --- another name, and taken back ----------------------------------------------------


def names(project: Project) -> set[str]:
    return set(views.runs(project)["run"])


def test_a_round_that_is_renamed_takes_the_names_of_its_runs_along(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "cato"], VERSION, transcripts=["group"])
    before, acts = names(p), garden.acts()
    edits.rename_round(p, "pilot", " first trial ")
    assert garden.acts() == acts + 1
    assert set(views.rounds(p)["round"]) == {"first trial"}
    assert names(p) - before == {"first trial, anna", "first trial, cato"}
    assert before - names(p) == {"pilot, anna", "pilot, cato"}
    p.undo()
    assert names(p) == before


def test_a_run_that_is_not_called_after_its_round_keeps_its_name(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "cato"], VERSION, transcripts=["group"])
    by_force(p, "UPDATE run SET name = 'by hand' WHERE name = 'pilot, cato'")
    before = names(p)
    edits.rename_round(p, "pilot", "trial")
    assert before - names(p) == {"pilot, anna"}
    assert names(p) - before == {"trial, anna"}


def test_a_round_is_not_given_a_name_that_is_taken(garden: Garden):
    p = garden.project
    for name in ("one", "two"):
        edits.plan_round(p, name, ["anna", "bo"], number=1)
    edits.start_run(p, "three, bo", VERSION)
    for name, said in (("two", "a round called “two”"), ("three", "a run called “three, bo”")):
        with pytest.raises(errors.Refused, match=said):
            edits.rename_round(p, "one", name)
    with pytest.raises(errors.BadValue):
        edits.rename_round(p, "one", " ")
    assert set(views.rounds(p)["round"]) == {"one", "two"}
    assert {"one, anna", "one, bo"} <= names(p)


def test_a_round_that_somebody_changed_since_is_not_renamed_or_taken_back(garden: Garden):
    p = garden.project
    edits.plan_round(p, "one", ["anna", "bo"], number=1)
    edits.rename_round(p, "one", "two")
    with pytest.raises(errors.ChangedMeanwhile):
        edits.rename_round(p, "two", "three", row_version=1)
    with pytest.raises(errors.ChangedMeanwhile):
        edits.withdraw_round(p, "two", row_version=1)
    assert set(views.rounds(p)["round"]) == {"two"}


def test_a_round_that_is_taken_back_leaves_the_runs_with_something_in_them(garden: Garden):
    p = garden.project
    before = names(p)
    edits.plan_round(p, "pilot", ["anna", "bo", "cato"], VERSION, transcripts=["group"])
    edits.code(p, "group", 0, 4, "Tools", run="pilot, anna")
    edits.finish(p, "pilot, bo", ["group"])
    codings, planned = garden.live()["coding"], names(p)
    assert edits.withdraw_round(p, "pilot") == ["pilot, anna", "pilot, bo"]
    assert views.rounds(p).empty
    assert names(p) - before == {"pilot, anna", "pilot, bo"}
    assert garden.live()["coding"] == codings
    edits.plan_round(p, "pilot", ["dora", "eli"], VERSION, transcripts=["group"])
    p.undo()
    p.undo()
    assert names(p) == planned
    assert set(views.rounds(p)["coder"]) == {"anna", "bo", "cato"}


def test_a_run_from_which_another_was_carried_stays_with_nothing_in_it(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], VERSION, transcripts=["group"])
    edits.add_framework(p, builders.version(number="2", parent=VERSION))
    edits.migrate(p, "pilot, bo", "garden@2", name="later")
    assert edits.withdraw_round(p, "pilot") == ["pilot, bo"]
    assert {"pilot, bo", "later"} <= names(p)
    assert "pilot, anna" not in names(p)


def test_a_run_in_which_something_was_decided_stays(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], VERSION, transcripts=["group"])
    edits.decide(p, "pilot, bo", garden.codings["rain"], "kept", "It rains.")
    assert edits.withdraw_round(p, "pilot") == ["pilot, bo"]
    assert len(garden.live()["decision"]) == 1


def test_nothing_of_a_round_is_left_when_it_is_taken_back(garden: Garden):
    p = garden.project
    before = garden.live()
    edits.plan_round(p, "pilot", ["anna", "bo"], VERSION, transcripts=["group"])
    assert edits.withdraw_round(p, "pilot") == []
    assert garden.live() == before
    assert p.history(1)[0]["summary"] == "Withdrew the round “pilot”"
    assert p.check() == []


def may_see(project: Project, who: str) -> set[str]:
    with project.reading() as connection:
        return {r["name"] for r in visible_to(connection, who, None)}


def test_what_was_shut_stays_shut_when_its_round_is_taken_back(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], VERSION, transcripts=["group"])
    edits.code(p, "group", 0, 4, "Tools", run="pilot, bo", coder="bo")
    edits.withdraw_round(p, "pilot")
    assert "pilot, bo" not in may_see(p, "anna")
    assert "pilot, bo" in may_see(p, "bo")
    edits.start_run(p, "talked", VERSION, kind="consensus")
    assert "pilot, bo" in may_see(p, "anna")


def test_what_was_open_stays_open_when_its_round_is_taken_back(garden: Garden):
    p = garden.project
    edits.plan_round(p, "pilot", ["anna", "bo"], VERSION, transcripts=["group"])
    for who in ("anna", "bo"):
        edits.finish(p, f"pilot, {who}", ["group"])
    edits.add_framework(p, builders.version(number="2", parent=VERSION))
    edits.migrate(p, "pilot, bo", "garden@2", name="later")
    assert {"pilot, bo", "later"} <= may_see(p, "anna")
    edits.withdraw_round(p, "pilot")
    assert {"pilot, bo", "later"} <= may_see(p, "anna")
