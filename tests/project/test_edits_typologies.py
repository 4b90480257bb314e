"""A typology is changed later: its name, dimensions and types; cases keep their place."""

import pytest
from builders import ANNA, BO

from workbench import errors
from workbench.project import edits, typology_page

OFTEN = {"often": ["yes", "no"]}
WAYS = {"Regular": {"often": "yes"}, "Rare": {"often": "no"}}
"""The typology of the garden, in which the gardener is Regular."""


def shown(garden, name="ways"):
    return typology_page.shown_typology(garden.project, name)


def types(garden, name="ways"):
    return {t.name: t.values for t in shown(garden, name).types}


def type_of(garden, case, name="ways"):
    return {c.case: c.type for c in shown(garden, name).cases}[case]


def test_a_type_gets_another_name_and_keeps_its_cases_and_their_reasons(garden):
    edits.place_case(garden.project, "ways", BO, "Rare", reason="He said so.")
    edits.change_typology(garden.project, "ways", renamed={"Rare": "Seldom"})
    assert types(garden) == {"Regular": {"often": "yes"}, "Seldom": {"often": "no"}}
    (bo,) = [c for c in shown(garden).cases if c.case == BO]
    assert (bo.type, bo.reason) == ("Seldom", "He said so.")


def test_types_come_go_change_their_values_and_their_order(garden):
    edits.change_typology(
        garden.project,
        "ways",
        types={"New": {"often": "yes"}, "Regular": {"often": "no"}},
        definitions={"New": " Who came last. "},
    )
    held = shown(garden)
    assert [(t.name, t.definition, t.values) for t in held.types] == [
        ("New", "Who came last.", {"often": "yes"}),
        ("Regular", "", {"often": "no"}),
    ]
    assert type_of(garden, "gardener") == "Regular"


def test_a_type_with_cases_does_not_go_and_the_sentence_names_them(garden):
    edits.place_case(garden.project, "ways", ANNA, "Regular")
    before = garden.live()
    with pytest.raises(errors.Refused) as caught:
        edits.change_typology(garden.project, "ways", name="x", types={"Rare": {"often": "no"}})
    assert str(caught.value) == (
        "2 cases (gardener, group: Anna) stand in the type “Regular”. Place them in another "
        "type first."
    )
    assert garden.live() == before
    for case in (ANNA, "gardener"):
        edits.unplace_case(garden.project, "ways", case)
    edits.change_typology(garden.project, "ways", types={"Rare": {"often": "no"}})
    assert types(garden) == {"Rare": {"often": "no"}}


def test_a_name_moves_on_to_another_type_in_two_steps(garden):
    p = garden.project
    for given in (
        {"renamed": {"Regular": "Rare", "Rare": "Gone"}},
        {"renamed": {"Regular": "Rare"}, "types": {"Rare": {"often": "yes"}}},
    ):
        with pytest.raises(errors.Refused, match="“Rare” is the name of another type"):
            edits.change_typology(p, "ways", **given)
    with pytest.raises(errors.Refused, match="“Rare” was the name of another type"):
        edits.change_typology(
            p,
            "ways",
            types={**WAYS, "Gone": {"often": "no"}},
            renamed={"Rare": "Gone"},
        )
    edits.change_typology(p, "ways", types={"Regular": {"often": "yes"}})
    edits.change_typology(p, "ways", renamed={"Regular": "Rare"})
    assert (types(garden), type_of(garden, "gardener")) == ({"Rare": {"often": "yes"}}, "Rare")
    for _ in range(2):
        garden.project.undo()
    assert (types(garden), type_of(garden, "gardener")) == (WAYS, "Regular")


def test_dimensions_come_and_go_and_types_must_fit_them(garden):
    p = garden.project
    with pytest.raises(errors.Refused, match="“Regular” needs one of far, near on the dimension"):
        edits.change_typology(p, "ways", dimensions={**OFTEN, "home": ["far", "near"]})
    edits.change_typology(
        p,
        "ways",
        dimensions={"home": ["far", "near"], **OFTEN},
        types={"Regular": {"often": "yes", "home": "far"}, "Rare": {"often": "no", "home": "far"}},
    )
    assert list(shown(garden).dimensions) == ["home", "often"]
    edits.change_typology(p, "ways", dimensions={"home": ["far", "near"]})
    assert types(garden) == {"Regular": {"home": "far"}, "Rare": {"home": "far"}}


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"name": " "}, errors.BadValue, "The name of a typology"),
        ({"name": "moods"}, errors.Refused, "a typology called “moods” already"),
        ({"dimensions": {}}, errors.Refused, "needs a dimension"),
        ({"dimensions": {" ": ["a"]}}, errors.BadValue, "The name of a dimension"),
        ({"dimensions": {"often": []}}, errors.BadValue, "at least one value"),
        ({"dimensions": {"often": ["yes", "yes"]}}, errors.BadValue, "none twice"),
        ({"types": {"A": {"often": "so"}}}, errors.Refused, "“A” needs one of yes, no"),
        ({"types": {" ": {"often": "no"}}}, errors.BadValue, "The name of a type"),
        ({"types": {"A": {"often": "no", "x": "y"}}}, errors.Refused, "“x”, which is no dimen"),
        ({"renamed": {"None": "A"}}, errors.UnknownName, "no type “None”"),
        ({"renamed": {"Rare": ""}}, errors.BadValue, "The name of a type"),
        ({"renamed": {"Rare": "A", "Regular": "A"}}, errors.Refused, "Two types cannot have one"),
        (
            {"renamed": {"Rare": "Regular", "Regular": "Rare"}},
            errors.Refused,
            "“Rare” is the name of another|“Regular” is the name of another",
        ),
        ({"definitions": {"None": "x"}}, errors.UnknownName, "no type “None”"),
        ({"read": (OFTEN, {"Rare": {"often": "no"}})}, errors.ChangedMeanwhile, "typology"),
        ({"read": ({"often": ["no", "yes"]}, WAYS)}, errors.ChangedMeanwhile, "typology"),
    ],
)
def test_what_cannot_be_leaves_all_as_it_was(garden, given, error, said):
    edits.add_typology(garden.project, "moods", {"mood": ["good"]}, {"glad": {"mood": "good"}})
    before = garden.live()
    with pytest.raises(error, match=said):
        edits.change_typology(garden.project, "ways", **given)
    assert garden.live() == before


def test_what_is_as_it_was_read_is_changed(garden):
    edits.change_typology(garden.project, "ways", name="habits", read=(OFTEN, WAYS))
    assert types(garden, "habits") == WAYS
    acts = garden.acts()
    edits.change_typology(garden.project, "habits", dimensions=OFTEN, types=WAYS)
    assert garden.acts() == acts
