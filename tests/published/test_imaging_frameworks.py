"""The framework `imaging` is a tree: two base versions of the printed sizes, a branch from each.

P22 is doi 10.1186/s12913-022-08077-0, P23 is doi 10.1186/s12913-023-09328-4. They print how
many categories and codes there are and no list of them.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from workbench.formats import framework_yaml
from workbench.model.framework import Code, FrameworkVersion
from workbench.stages.framework import steps as steps_of

ROOT = Path(__file__).parents[2]
TRANSCRIPTS = ROOT / "sample_transcripts" / "low-value-imaging" / "transcripts"
P22, P23 = "10.1186/s12913-022-08077-0", "10.1186/s12913-023-09328-4"
BASES = ("84", "94")
PARENTS = {"drivers": "84", "measures": "94"}
VERSIONS = (*BASES, *PARENTS)
TEAM = {"tora", "amir", "siri", "jonas", "mette"}


@cache
def version(name: str) -> FrameworkVersion:
    return framework_yaml.read(ROOT / "frameworks" / "imaging" / f"{name}.yaml")


def codes(name: str) -> dict[str, Code]:
    return {code.code_id: code for code in version(name).codes}


@cache
def turns_of_interviewees() -> list[str]:
    """Return what each turn says in which the person interviewed speaks."""
    return [
        paragraph.removeprefix(f"{file.stem}: ")
        for file in sorted(TRANSCRIPTS.glob("P*.txt"))
        for paragraph in file.read_text(encoding="utf-8").split("\n\n")
        if paragraph.startswith(f"{file.stem}: ")
    ]


def neighbours(code: Code, name: str) -> list[str]:
    """Return the ids of the codes that a code's “not when” names by number."""
    by_number = {other.number: other.code_id for other in version(name).codes}
    return [by_number[number] for number in re.findall(r"\d+\.\d+", code.not_when)]


# --- sizes, places in the tree, what is ours -------------------------------------


@pytest.mark.parametrize(
    ("name", "categories", "number_of_codes", "paper"),
    [("94", 7, 94, P22), ("84", 7, 84, P23), ("measures", 4, 13, P22), ("drivers", 3, 21, P23)],
)
def test_a_version_has_its_printed_size_and_says_that_the_rest_is_ours(
    name: str, categories: int, number_of_codes: int, paper: str
) -> None:
    """P22 and P23, second supplement (the bases) and third (the branches)."""
    found = version(name)
    assert found.reference == f"imaging@{name}"
    assert (len(found.categories), len(found.codes)) == (categories, number_of_codes)
    assert paper in found.synthetic
    assert "Every name, definition and rule here is ours" in found.synthetic


def test_each_branch_has_its_base_for_a_parent_and_an_objective_of_its_own() -> None:
    found = {name: version(name) for name in VERSIONS}
    assert {name: one.parent for name, one in found.items()} == {
        "84": None,
        "94": None,
        "drivers": "imaging@84",
        "measures": "imaging@94",
    }
    assert found["84"].objective == found["94"].objective
    assert found["drivers"].objective.startswith("What drives the taking of pictures")
    assert found["measures"].objective.startswith("What could be done")
    assert len({one.objective for one in found.values()}) == 3


@pytest.mark.parametrize(("name", "other"), [("84", "94"), ("94", "84")])
def test_a_base_tells_of_the_disagreement_and_puts_neither_first(name: str, other: str) -> None:
    found = version(name)
    assert f"imaging@{other}" in found.description
    assert "X1, X3 and X4" in found.description
    assert "Neither says which came first" in found.description
    assert not found.steps


# --- the two bases ---------------------------------------------------------------


def test_the_84_codes_are_in_the_94_with_the_same_name_definition_rule_and_example() -> None:
    fewer, more = codes("84"), codes("94")
    assert len(fewer.keys() & more.keys()) == 84
    for one, code in fewer.items():
        other = more[one]
        assert (code.name, code.definition, code.use_when, code.example) == (
            other.name,
            other.definition,
            other.use_when,
            other.example,
        ), code.name
        assert (code.category_id, code.origin, code.colour) == (
            other.category_id,
            other.origin,
            other.colour,
        ), code.name


def test_the_shared_codes_keep_their_order_and_point_to_the_same_neighbours() -> None:
    fewer, more = codes("84"), codes("94")
    assert list(fewer) == [one for one in more if one in fewer]
    for one, code in fewer.items():
        assert neighbours(code, "84") == neighbours(more[one], "94"), code.name
        unnumbered = [re.sub(r"\d+\.\d+", "", c.not_when) for c in (code, more[one])]
        assert unnumbered[0] == unnumbered[1], code.name


def test_the_bases_have_the_same_seven_categories_each_with_its_own_colour_and_other() -> None:
    assert version("84").categories == version("94").categories
    for name in BASES:
        found = version(name)
        colours = {(code.category_id, code.colour) for code in found.codes}
        assert len(colours) == len({colour for _, colour in colours}) == 7
        others = [code.category_id for code in found.codes if code.name.startswith("Other ")]
        assert others == [category.category_id for category in found.categories]


@pytest.mark.parametrize("name", BASES)
def test_every_base_code_says_which_other_code_is_meant_instead(name: str) -> None:
    for code in version(name).codes:
        assert neighbours(code, name), code.name
        assert code.code_id not in neighbours(code, name), code.name


@pytest.mark.parametrize("name", BASES)
def test_a_base_draws_on_all_three_origins(name: str) -> None:
    assert set(Counter(code.origin for code in version(name).codes)) == {
        "a priori",
        "inductive",
        "analytic",
    }


# --- every version ---------------------------------------------------------------


@pytest.mark.parametrize("name", VERSIONS)
def test_every_code_has_a_definition_both_rules_and_an_example(name: str) -> None:
    found = version(name)
    assert all(category.definition for category in found.categories)
    for code in found.codes:
        assert all((code.definition, code.use_when, code.not_when, code.example)), code.name


@pytest.mark.parametrize("name", VERSIONS)
def test_every_example_is_words_of_one_who_was_interviewed(name: str) -> None:
    said = turns_of_interviewees()
    assert len(said) > 27 * 10
    assert [c.number for c in version(name).codes if not any(c.example in s for s in said)] == []


@pytest.mark.parametrize("name", BASES)
def test_no_two_base_codes_share_a_definition_a_rule_or_an_example(name: str) -> None:
    for text in ("definition", "use_when", "not_when", "example"):
        texts = Counter(getattr(code, text) for code in version(name).codes)
        assert [one for one, times in texts.items() if times > 1] == []


@pytest.mark.parametrize("name", VERSIONS)
def test_numbers_are_unique_and_follow_the_places(name: str) -> None:
    found = version(name)
    wanted = [
        f"{category.number}.{place}"
        for category in found.categories
        for place, _ in enumerate(
            (c for c in found.codes if c.category_id == category.category_id), 1
        )
    ]
    assert [category.number for category in found.categories] == [
        str(n) for n in range(1, len(found.categories) + 1)
    ]
    assert [code.number for code in found.codes] == wanted
    assert len(set(wanted)) == len(found.codes)


# --- the steps -------------------------------------------------------------------


@pytest.mark.parametrize(("name", "base"), PARENTS.items())
def test_the_steps_applied_to_the_base_give_exactly_the_branch(name: str, base: str) -> None:
    found = version(name)
    assert found.steps
    assert steps_of.apply(version(base), found.steps, found) == []


@pytest.mark.parametrize(("name", "base"), PARENTS.items())
def test_every_base_code_is_told_of_and_every_branch_code_comes_from_one(
    name: str, base: str
) -> None:
    leads = steps_of.lineage(version(name).steps)
    assert leads.keys() == codes(base).keys()
    assert {one for came in leads.values() for one in came} == codes(name).keys()
    assert not [step for step in version(name).steps if step.kind == "add"]


def test_an_id_of_both_branches_or_of_a_branch_and_the_other_base_is_that_of_a_base_code() -> None:
    drivers, measures = codes("drivers").keys(), codes("measures").keys()
    assert drivers & measures <= codes("84").keys()
    assert measures & codes("84").keys() <= codes("94").keys()
    assert drivers & codes("94").keys() <= codes("84").keys()
    for branch in (drivers, measures):
        assert branch & codes("84").keys()


@pytest.mark.parametrize("name", PARENTS)
def test_every_step_has_an_author_of_the_team_a_day_after_the_interviews_and_a_reason(
    name: str,
) -> None:
    for step in version(name).steps:
        assert step.author in TEAM
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", step.date)
        assert "2021-07-01" <= step.date <= "2022-12-31"
        assert step.reason.endswith(".")
    assert {step.author for step in version(name).steps} == TEAM


def test_no_reason_is_given_twice() -> None:
    reasons = Counter(step.reason for name in PARENTS for step in version(name).steps)
    assert [reason for reason, times in reasons.items() if times > 1] == []
