"""What a ladder's levels are called: three methods, or four names of one's own."""

import pytest

from workbench.errors import BadValue
from workbench.model.ladder import TEMPLATES, chosen_template, template_of

OWN = "finding / pattern / domain / message"


@pytest.mark.parametrize("key", ["framework", "elo-kyngas", "graneheim-lundman"])
def test_a_key_is_the_template_of_that_method(key):
    assert template_of(key) is TEMPLATES[key]
    assert template_of(f" {key} ") is TEMPLATES[key]


@pytest.mark.parametrize("said", [OWN, "finding/pattern/domain/message", f"\n{OWN} "])
def test_own_names_are_those_of_levels_two_to_five(said):
    held = template_of(said)
    assert held.key == OWN
    assert held.levels == ("segment", "statement", "finding", "pattern", "domain", "message")
    assert template_of(held.key) == held


def test_blanks_within_a_name_are_one_and_its_letters_stay():
    assert template_of("Ås  og by/<b>x</b>".replace("</b>", "") + "/=1+1/ok").levels[2:] == (
        "Ås og by", "<b>x", "=1+1", "ok",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", "four names with “/” between"),
        ("grounded theory", "framework, elo-kyngas, graneheim-lundman, or four names"),
        ("a / b / c", "four names"),
        ("a / b / c / d / e", "four names"),
        ("a / / c / d", "four names"),
        ("a / b / c / A", "'A'; give another name"),
        ("statement / b / c / d", "'statement'; give another name"),
        ("a / Segment / c / d", "'Segment'; give another name"),
        ("a / b / ladder / d", "'ladder'; give another name"),
        ("a / b / c / a id", "'a id'; give another name"),
        ("a id / a / c / d", "'a'; give another name"),
        ("a / 3 / c / d", "'3'; give some words"),
        ("a / b\x07 / c / d", "give some words"),
        (f"a / {'b' * 61} / c / d", "at most 60 letters"),
    ],
)
def test_names_that_would_not_tell_levels_apart_are_refused(said, problem):
    with pytest.raises(BadValue, match=problem):
        template_of(said)


def test_a_name_may_be_sixty_letters_long():
    assert template_of(f"a / {'b' * 60} / c / d").level_name(3) == "b" * 60


def test_a_setting_that_says_no_template_is_that_of_framework_analysis():
    assert chosen_template("grounded") is TEMPLATES["framework"]
    assert chosen_template("") is TEMPLATES["framework"]
    assert chosen_template("elo-kyngas") is TEMPLATES["elo-kyngas"]
    assert chosen_template(OWN).key == OWN
