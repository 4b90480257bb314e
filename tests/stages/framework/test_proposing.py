"""Steps that nobody told are proposed from ids, names and likeness."""

import pytest

from workbench.model.framework import Category, Code, FrameworkVersion, Step
from workbench.stages.framework.proposing import Match, matches, steps
from workbench.stages.framework.retelling import By
from workbench.stages.framework.steps import apply

ME = By("anna", "2024-01-01")


def version(number: str, *codes: tuple[str, str, str]) -> FrameworkVersion:
    """Return a version of codes, each given by its id, name and definition."""
    held = (Code(i, str(n), name, about) for n, (i, name, about) in enumerate(codes, 1))
    return FrameworkVersion("w", number, (), tuple(held))


OLD = version(
    "1",
    ("a", "Near", "It is near."),
    ("b", "Waiting time", "How long somebody waited before the first visit."),
    ("c", "Letters", "Letters that came too late or not at all."),
    ("d", "Gone", ""),
)


def test_the_same_id_comes_before_the_same_name_and_that_before_likeness() -> None:
    new = version(
        "2",
        ("a", "Close", "It is close."),
        ("x", "waiting TIME", "Anything else."),
        ("y", "Post", "Letters that came too late or not at all!"),
        ("z", "New", ""),
    )
    assert matches(OLD, new) == [
        Match("code", "a", "a", "certain", "the same id"),
        Match("code", "b", "x", "likely", "the same name"),
        # 40 of 41 letters are the same on both sides: 2 * 40 / (41 + 41) = 0.975
        Match("code", "c", "y", "likely", "the definition is 97 % alike"),
    ]


def test_what_is_less_alike_is_only_possible_and_what_is_not_alike_is_nothing() -> None:
    # “abcdefghij” and “abcdefg---”: 2 * 7 / 20 = 0.7; and “abcde-----”: 2 * 5 / 20 = 0.5
    old = version("1", ("a", "abcdefghij", ""))
    assert matches(old, version("2", ("b", "abcdefg---", ""))) == [
        Match("code", "a", "b", "possible", "the name is 70 % alike")
    ]
    assert matches(old, version("2", ("b", "abcde-----", ""))) == []


def test_definitions_of_a_few_words_tell_nothing() -> None:
    old, new = version("1", ("a", "Near", "A and b.")), version("2", ("b", "Quay", "A and b."))
    assert matches(old, new) == []


def test_the_most_alike_is_matched_before_the_first() -> None:
    old = version("1", ("a", "abcdefg---", ""), ("b", "abcdefghi-", ""))
    (match,) = matches(old, version("2", ("x", "abcdefghij", "")))
    assert (match.before, match.because) == ("b", "the name is 90 % alike")


def test_each_is_matched_once_with_the_most_alike() -> None:
    old = version("1", ("a", "abcdefghij", ""), ("b", "abcdefgh--", ""))
    (match,) = matches(old, version("2", ("x", "abcdefgh-j", "")))
    assert (match.before, match.after) == ("a", "x")  # both 0.9; the first of the old version


def test_categories_are_matched_too() -> None:
    old = FrameworkVersion("w", "1", (Category("k", "1", "Access"),), ())
    new = FrameworkVersion("v", "1", (Category("m", "1", "Access"),), ())
    assert matches(old, new) == [Match("category", "k", "m", "likely", "the same name")]


NEW = version(
    "2",
    ("a", "Close", "It is near."),
    ("x", "Waiting time", "How long somebody waited before the first visit."),
    ("y", "Post", "Letters or parcels."),
    ("z", "Parcels", ""),
)


def test_what_nobody_is_the_same_as_was_retired_or_added() -> None:
    told = steps(OLD, NEW, [("code", "b", "x")], ME)
    assert {(s.kind, s.before, s.after) for s in told} == {
        ("merge", ("b",), ("x",)),
        ("retire", ("c",), ()),
        ("retire", ("d",), ()),
        ("add", (), ("y",)),
        ("add", (), ("z",)),
        ("rename", ("a",), ("a",)),
    }
    assert {(s.author, s.date) for s in told} == {("anna", "2024-01-01")}
    assert apply(OLD, told, NEW) == []


@pytest.mark.parametrize(
    ("same", "step"),
    [
        ([("code", "c", "y"), ("code", "d", "y")], ("merge", ("c", "d"), ("y",))),
        ([("code", "c", "y"), ("code", "c", "z")], ("split", ("c",), ("y", "z"))),
    ],
)
def test_several_of_one_are_a_split_and_one_of_several_a_merge(
    same: list[tuple[str, str, str]], step: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    told = steps(OLD, NEW, same, ME)  # type: ignore[arg-type]  # literals of a parameter
    assert step in [(s.kind, s.before, s.after) for s in told]
    assert apply(OLD, told, NEW) == []


def test_what_mixes_does_not_lead_from_one_to_the_other() -> None:
    mixed = [("code", one, other) for one in "cd" for other in "yz"]
    told = steps(OLD, NEW, mixed, ME)  # type: ignore[arg-type]  # literals
    assert apply(OLD, told, NEW) != []
    assert Step("retire", "code", ("b",), (), "anna", "2024-01-01") in told
