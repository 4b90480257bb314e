import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.model import frames
from workbench.stages.mapping import typology

DIMENSIONS = pd.DataFrame(
    [
        ("T", "stance", "open"),
        ("T", "stance", "wary"),
        ("T", "room", "much"),
        ("T", "room", "none"),
    ],
    columns=list(frames.DIMENSION_VALUES),
)
TYPES = pd.DataFrame(
    [("1", "T", "Gatekeeper", ""), ("2", "T", "Passer-on", "")], columns=list(frames.TYPES)
)
VALUES = pd.DataFrame(
    [
        ("1", "stance", "wary"),
        ("1", "room", "much"),
        ("2", "stance", "open"),
        ("2", "room", "none"),
    ],
    columns=list(frames.TYPE_VALUES),
)
CASES = pd.DataFrame({"case_id": ["a", "b", "c"], "case": ["Ana", "Bo", "Cy"]})


def placements(*pairs: str) -> pd.DataFrame:
    rows = [("T", *pair.split(), "said so") for pair in pairs]
    return pd.DataFrame(rows, columns=list(frames.PLACEMENTS), dtype="str")


def problems(**changed: pd.DataFrame) -> list[list[str]]:
    given_frames = {
        "dimension_values": DIMENSIONS,
        "types": TYPES,
        "type_values": VALUES,
        "placements": placements("a 1", "b 2", "c 1"),
        "cases": CASES,
    }
    return typology.problems(**(given_frames | changed)).to_numpy().tolist()


def test_a_typology_that_places_every_case_once_has_no_problems():
    assert problems() == []


def test_types_list_their_cases_of_all_cases():
    out = typology.members(TYPES, placements("a 1", "c 1"), CASES)
    assert out.to_numpy().tolist() == [
        ["1", "Gatekeeper", 2, 3, ("a", "c")],
        ["2", "Passer-on", 0, 3, ()],
    ]


def test_cases_without_a_type_are_listed():
    placed = placements("a 1", "b another-typology", "stranger 2")
    assert typology.unplaced(TYPES, placed, CASES).to_numpy().tolist() == [["b", "Bo"], ["c", "Cy"]]
    assert problems(placements=placed) == [
        ["case", "b", "Bo", "is placed in a type that is not here"],
        ["case", "b", "Bo", "is in no type"],
        ["case", "c", "Cy", "is in no type"],
    ]


def test_a_case_in_two_types_is_a_problem():
    assert problems(placements=placements("a 1", "a 2", "b 2", "b 2", "c 1")) == [
        ["case", "a", "Ana", "is in “Gatekeeper” and “Passer-on”; it can be in one"]
    ]


def test_a_value_must_be_one_of_its_dimension():
    odd = VALUES.replace({"value": {"wary": "angry"}, "dimension": {"room": "space"}})
    assert ["type", "1", "Gatekeeper", "“angry” is no value of “stance”"] in problems(
        type_values=odd
    )
    assert ["type", "2", "Passer-on", "has a value on “space”, no dimension here"] in problems(
        type_values=odd
    )
    assert ["type", "1", "Gatekeeper", "has no value on “room”"] in problems(type_values=odd)


def test_two_types_cannot_share_a_place():
    same = pd.concat([VALUES, VALUES.loc[VALUES["type_id"] == "1"].assign(type_id="2")])
    assert problems(type_values=same) == [
        ["type", "1", "Gatekeeper", "has the same place as “Passer-on” on every dimension"]
    ]


def test_one_dimension_is_too_few():
    one = DIMENSIONS.loc[DIMENSIONS["dimension"] == "stance"]
    values = VALUES.loc[VALUES["dimension"] == "stance"]
    assert problems(dimension_values=one, type_values=values) == [
        ["typology", "", "", "has 1 dimension; it needs two or more"]
    ]
    nothing = problems(
        dimension_values=frames.empty(frames.DIMENSION_VALUES),
        types=frames.empty(frames.TYPES),
        type_values=frames.empty(frames.TYPE_VALUES),
        placements=placements(),
        cases=frames.empty(frames.CASES),
    )
    assert nothing == [["typology", "", "", "has no dimensions; it needs two or more"]]


def test_a_case_is_proposed_for_the_type_whose_values_it_has():
    values = pd.DataFrame(
        [
            ("a", "stance", "wary"),
            ("a", "room", "much"),
            ("b", "stance", "open"),
            ("c", "stance", "wary"),
            ("c", "room", "none"),
        ],
        columns=list(typology.CASE_VALUES),
    )
    assert typology.proposed(VALUES, values).to_numpy().tolist() == [["a", "1"]]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("12")), max_size=8))
def test_each_case_is_in_a_type_or_on_the_list_of_unplaced(pairs):
    placed = placements(*(f"{case} {kind}" for case, kind in pairs))
    inside = {c for ids in typology.members(TYPES, placed, CASES)["case_ids"] for c in ids}
    outside = set(typology.unplaced(TYPES, placed, CASES)["case_id"])
    assert inside | outside == {"a", "b", "c"}
    assert not inside & outside
