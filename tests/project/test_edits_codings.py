"""Codings change and go, and what cites them stays true or says that it is stale."""

import builders
import pytest
from builders import ANNA, BO, GARDENER, GROUP, Garden

from workbench import errors, views
from workbench.project import edits


def coding(garden: Garden, name: str) -> dict[str, object]:
    return next(c for c in garden.live()["coding"] if c["id"] == garden.codings[name])


def state(garden: Garden, case: str, code: str) -> tuple[str, str]:
    """Return the state of a cell and the reason why."""
    frame = views.states(garden.project)
    (row,) = frame.loc[(frame["case"] == case) & (frame["code"] == code)].to_dict("records")
    return row["state"], row["reason"]


def broken(garden: Garden) -> list[str]:
    return [f.sentence() for f in garden.project.check() if f.severity == "broken"]


def summary(garden: Garden) -> str:
    return garden.project.history(1)[0]["summary"]


# --- one is changed ------------------------------------------------------------------


def test_the_quote_follows_the_ends_and_the_cell_becomes_stale(garden):
    assert state(garden, ANNA, "Shared work") == ("charted", "")
    stop = GROUP.index(" It works well.")
    edits.change_coding(garden.project, garden.codings["list"], stop=stop)
    row = coding(garden, "list")
    assert (row["quote"], row["start"]) == ("We have a list on the shed.", GROUP.index("We have"))
    assert state(garden, ANNA, "Shared work") == ("stale", "1 coding it was written from changed")
    assert summary(garden) == (
        "Changed the coding of “We have a list on the shed. It works we…”: "
        "the words are “We have a list on the shed.”"
    )
    garden.project.undo()
    assert state(garden, ANNA, "Shared work") == ("charted", "")
    assert broken(garden) == []


def test_a_cell_whose_coding_got_another_code_is_stale_and_so_is_the_one_it_came_to(garden):
    edits.write_statement(
        garden.project, ANNA, "Reasons to come", "Rain helps.", evidence=[garden.codings["july"]]
    )
    edits.change_coding(garden.project, garden.codings["list"], code="1.1")
    assert summary(garden).endswith(": the code is Reasons to come")
    assert state(garden, ANNA, "Shared work") == ("stale", "1 coding it was written from changed")
    assert state(garden, ANNA, "Reasons to come") == ("stale", "1 new coding since")
    edits.review_cell(garden.project, ANNA, "Shared work")
    assert state(garden, ANNA, "Shared work") == ("reviewed", "")
    assert broken(garden) == []
    garden.project.undo()
    garden.project.undo()
    assert state(garden, ANNA, "Shared work") == ("charted", "")
    assert state(garden, ANNA, "Reasons to come") == ("charted", "")


def test_a_flag_changes_nothing_that_a_cell_says(garden):
    edits.change_coding(garden.project, garden.codings["list"], uncertain=True)
    assert bool(coding(garden, "list")["uncertain"])
    assert state(garden, ANNA, "Shared work") == ("charted", "")
    assert summary(garden).endswith(": it is uncertain")
    edits.change_coding(garden.project, garden.codings["list"], uncertain=False)
    assert not coding(garden, "list")["uncertain"]
    assert summary(garden).endswith(": it is certain")


def test_what_is_so_already_is_no_act(garden):
    acts = garden.acts()
    row = coding(garden, "list")
    edits.change_coding(
        garden.project, row["id"], start=row["start"], code="2.1", uncertain=False, row_version=1
    )
    edits.change_coding(garden.project, row["id"])
    assert garden.acts() == acts


@pytest.mark.parametrize("ends", [(-1, 3), (5, 5), (9, 4), (0, len(GROUP) + 1)])
def test_ends_outside_the_text_are_refused(garden, ends):
    before = garden.live()
    with pytest.raises(errors.OutsideText, match="not a segment of “group”, which has"):
        edits.change_coding(garden.project, garden.codings["july"], start=ends[0], stop=ends[1])
    assert garden.live() == before


def test_a_coding_cannot_become_another_of_the_same_coder_and_run(garden):
    start = GARDENER.index("Rain")
    edits.code(garden.project, "gardener", start, start + 4, "1.2")
    edits.code(garden.project, "gardener", start, start + 19, "1.1", coder="bo")
    before = garden.live()
    with pytest.raises(errors.Refused, match="has that code already, by that coder"):
        edits.change_coding(garden.project, garden.codings["rain"], stop=start + 4)
    assert garden.live() == before
    edits.change_coding(garden.project, garden.codings["rain"], code="1.1")
    assert len(garden.live()["coding"]) == 9


def test_another_window_is_not_overwritten(garden):
    edits.change_coding(garden.project, garden.codings["july"], uncertain=True, row_version=1)
    with pytest.raises(errors.ChangedMeanwhile, match="The coding was changed by somebody else"):
        edits.change_coding(garden.project, garden.codings["july"], code="1.2", row_version=1)
    edits.change_coding(garden.project, garden.codings["july"], code="1.2", row_version=2)


# --- what cites it -------------------------------------------------------------------


def test_the_words_of_a_verbatim_statement_stay_in_what_it_cites(garden):
    start = GARDENER.index("Rain keeps")
    before = garden.live()
    with pytest.raises(errors.Refused) as caught:
        edits.change_coding(garden.project, garden.codings["rain"], start=start + 5)
    assert str(caught.value) == (
        "The verbatim statement “Rain keeps me away.” about “gardener” would not stand letter "
        "by letter in what it cites any more. Change or withdraw it first."
    )
    assert garden.live() == before
    edits.change_coding(garden.project, garden.codings["rain"], stop=start + 40)
    edits.withdraw_statement(garden.project, garden.statements["rain"])
    edits.change_coding(garden.project, garden.codings["rain"], start=start + 5)
    assert broken(garden) == []


def test_a_verbatim_statement_may_stand_in_another_coding_that_it_cites(garden):
    start = GARDENER.index("Rain keeps")
    other = edits.code(garden.project, "gardener", start, start + 30, "1.2").coding_id
    edits.change_statement(
        garden.project, garden.statements["rain"], evidence=[garden.codings["rain"], other]
    )
    edits.change_coding(garden.project, garden.codings["rain"], start=start + 5)
    assert broken(garden) == []


def test_a_coding_that_a_statement_cites_stays_with_its_case(garden):
    stop = GROUP.index("We have")
    before = garden.live()
    with pytest.raises(errors.Refused) as caught:
        edits.change_coding(garden.project, garden.codings["list"], start=0, stop=8)
    assert str(caught.value) == (
        "The summary statement “A list shares the work out.” about “group: Anna” would cite "
        "words that are not of that case. Give it other evidence, or withdraw it, first."
    )
    assert garden.live() == before
    edits.withdraw_statement(garden.project, garden.statements["list"])
    edits.change_coding(garden.project, garden.codings["list"], start=0, stop=stop)
    assert broken(garden) == []


def test_a_coding_that_a_link_cites_stays_with_some_case(garden):
    with pytest.raises(errors.Refused) as caught:
        edits.change_coding(garden.project, garden.codings["july"], start=0, stop=8)
    assert str(caught.value) == (
        "The link from “Locked out” to “Use of the garden” would cite words that belong to no "
        "case. Take them out of its evidence first."
    )
    bo = GROUP.index("Two people")
    edits.change_coding(garden.project, garden.codings["july"], start=bo, stop=bo + 10)
    edits.withdraw_link(garden.project, garden.link)
    edits.change_coding(garden.project, garden.codings["july"], start=0, stop=8)
    assert broken(garden) == []


# --- several at once -----------------------------------------------------------------


def test_a_segment_gets_those_codes_that_it_does_not_have(garden):
    start = GROUP.index("Tools are")
    stop = start + len("Tools are lent and come back late.")
    made = edits.code_several(garden.project, "group", start, stop, ["1.2", "Tools", "2.1", "1.2"])
    number = {c.code_id: c.number for c in builders.version().codes}
    assert [number[c.code_id] for c in made] == ["1.2", "2.1"]
    assert {c.quote for c in made} == {"Tools are lent and come back late."}
    assert summary(garden) == (
        "Coded “Tools are lent and come back late.” as Barriers, Shared work"
    )
    garden.project.undo()
    assert len(garden.live()["coding"]) == 7


def test_a_segment_that_has_all_the_codes_is_refused_and_no_codes_are_no_act(garden):
    start = GROUP.index("Tools are")
    stop = start + len("Tools are lent and come back late.")
    with pytest.raises(errors.Refused, match="That segment has these codes already"):
        edits.code_several(garden.project, "group", start, stop, ["2.2", "Tools"])
    acts = garden.acts()
    assert edits.code_several(garden.project, "group", start, stop, []) == []
    assert garden.acts() == acts
    assert len(edits.code_several(garden.project, "group", start, stop, ["2.2"], coder="bo")) == 1


def test_every_place_of_a_search_is_coded_in_one_act(garden):
    places = [
        (str(hit.transcript), int(hit.start), int(hit.stop))
        for hit in views.search(garden.project, "rain").itertuples()
    ]
    assert len(places) == 2
    acts = garden.acts()
    assert edits.code_places(garden.project, places, "1.2") == 2
    assert garden.acts() == acts + 1
    assert summary(garden) == "Coded 2 places as Barriers"
    more = [*places, ("group", 0, 4)]
    assert edits.code_places(garden.project, more, "1.2") == 1
    assert edits.code_places(garden.project, more, "1.2") == 0
    assert edits.code_places(garden.project, [], "1.2") == 0
    assert garden.acts() == acts + 2


def test_of_places_one_of_which_is_outside_its_text_none_is_coded(garden):
    before = garden.live()
    with pytest.raises(errors.OutsideText, match="“gardener”"):
        edits.code_places(garden.project, [("group", 0, 4), ("gardener", 0, 10**6)], "1.2")
    assert garden.live() == before


def test_many_codings_are_withdrawn_in_one_act_or_none_is(garden):
    rain, july = garden.codings["rain"], garden.codings["july"]
    with pytest.raises(errors.UnknownName, match="There is no coding “00000000”"):
        edits.withdraw_codings(garden.project, [rain, "00000000"])
    assert len(garden.live()["coding"]) == 7
    assert edits.withdraw_codings(garden.project, [rain, july[-8:], rain]) == 2
    assert len(garden.live()["coding"]) == 5
    assert state(garden, "gardener", "Barriers")[0] == "stale"
    assert summary(garden) == "Withdrew 2 codings"
    assert edits.withdraw_codings(garden.project, []) == 0
    assert state(garden, BO, "Shared work") == ("charted", "")
    garden.project.undo()
    assert len(garden.live()["coding"]) == 7
