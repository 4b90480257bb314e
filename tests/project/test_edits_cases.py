"""Cases, their attributes in declared types, and the words that are theirs."""

from itertools import pairwise

import pytest
from builders import ANNA, GROUP, Garden
from hypothesis import given
from hypothesis import strategies as st

from workbench import errors
from workbench.project import edits, views
from workbench.project.edits.cases import _united, _without


def attributes(garden: Garden) -> dict[str, list[object]]:
    frame = views.cases(garden.project)
    return {str(c): frame[c].tolist() for c in frame.columns if c not in ("case_id", "case")}


def spans(garden: Garden, label: str) -> list[tuple[int, int]]:
    rows = garden.live()
    case = next(c["id"] for c in rows["case"] if c["label"] == label)
    return sorted((s["start"], s["stop"]) for s in rows["case_span"] if s["case_id"] == case)


def test_new_cases_stand_after_the_others_and_attributes_take_the_narrowest_type(garden):
    new = edits.add_cases(
        garden.project,
        {
            "Kari": {"years": "3", "since": "2020-01-31", "note": "old", "plot": ""},
            "Dag": {"years": "2.5", "since": "2021-02-28", "note": ""},
        },
    )
    assert new == 2
    labels = views.cases(garden.project)["case"].tolist()
    assert labels == ["gardener", "group: Anna", "group: Bo", "Kari", "Dag"]
    assert attributes(garden) == {
        "plot": [12, 3, None, None, None],
        "member": [True, None, None, None, None],
        "years": [None, None, None, 3.0, 2.5],
        "since": [None, None, None, "2020-01-31", "2021-02-28"],
        "note": [None, None, None, "old", None],
    }


def test_describing_a_case_again_changes_only_what_is_different(garden):
    assert edits.add_cases(garden.project, {"gardener": {"plot": "13", "member": "yes"}}) == 0
    assert attributes(garden) == {"plot": [13, 3, None], "member": [True, None, None]}
    assert garden.project.history(1)[0]["summary"] == "Described 1 case"
    acts = garden.acts()
    edits.add_cases(garden.project, {"gardener": {"plot": "13"}})
    assert garden.acts() == acts


@pytest.mark.parametrize("value", ["twelve", "1.5"])
def test_a_value_of_another_type_than_the_attribute_has_is_refused(garden, value):
    before = garden.live()
    with pytest.raises(errors.BadValue, match=r"“plot” cannot be .*; give a whole number"):
        edits.add_cases(garden.project, {"Kari": {"plot": value}})
    assert garden.live() == before


def test_a_declared_type_holds_for_later_values(garden):
    edits.set_attribute(garden.project, ANNA, "zip", "0150", kind="text")
    edits.set_attribute(garden.project, "gardener", "zip", "none")
    assert attributes(garden)["zip"] == ["none", "0150", None]
    with pytest.raises(errors.BadValue, match="text, integer, float, boolean, date, category"):
        edits.set_attribute(garden.project, ANNA, "x", "1", kind="number")  # type: ignore[arg-type]  # the point


def test_names_that_nothing_has_are_told_with_near_ones(garden):
    with pytest.raises(errors.UnknownName, match=r"no case “gardner”.*Did you mean “gardener”"):
        edits.set_attribute(garden.project, "gardner", "plot", "1")
    with pytest.raises(errors.UnknownName, match=r"no speaker “Anne”.*“Anna”"):
        edits.assign_case(garden.project, ANNA, "group", speaker="Anne")
    with pytest.raises(errors.BadValue, match="The name of a case"):
        edits.assign_case(garden.project, "  ", "group")


def test_a_range_outside_the_text_is_refused(garden):
    before, length = garden.live(), len(GROUP)
    for start, stop in ((-1, 5), (5, 5), (6, 5), (0, length + 1), (length, None)):
        with pytest.raises(errors.OutsideText, match=f"has {length} characters"):
            edits.assign_case(garden.project, "New", "group", start=start, stop=stop)
    assert garden.live() == before


def test_stretches_of_one_case_never_overlap(garden):
    for start, stop in ((10, 20), (30, 40), (15, 35), (0, 50), (5, 45)):
        edits.assign_case(garden.project, "New", "group", start=start, stop=stop)
    found = spans(garden, "New")
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert {n for start, stop in found for n in range(start, stop)} == set(range(50))


def test_a_stretch_may_belong_to_two_cases(garden):
    edits.assign_case(garden.project, "The group", "group")
    assert spans(garden, "The group") == [(0, len(GROUP))]
    assert len(spans(garden, ANNA)) == 2


def test_what_is_a_cases_already_makes_no_act(garden):
    acts = garden.acts()
    edits.assign_case(garden.project, ANNA, "group", speaker="Anna")
    assert garden.acts() == acts


stretches = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=6,
)


@given(stretches, stretches)
def test_what_is_left_of_stretches_is_their_characters_less_those_taken(given_, taken):
    def characters(of: list[tuple[int, int]]) -> list[int]:
        return [n for start, stop in of for n in range(start, stop)]

    left = characters(_without(_united(given_), _united(taken)))
    assert left == sorted(set(characters(given_)) - set(characters(taken)))
