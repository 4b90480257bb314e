"""The colours of codes: their own, else that of their category in the project's palette."""

from builders import VERSION

from workbench.project import code_list, edits


def colours(garden, version=VERSION):
    return {c.number: c.colour for c in code_list.listed_codes(garden.project, version)}


def test_codes_have_the_colour_of_their_category_in_the_palette_that_is_chosen(garden):
    usual = {"1.1": "#2f6f9f", "1.2": "#2f6f9f", "2.1": "#c0642c", "2.2": "#c0642c"}
    assert colours(garden) == usual
    edits.change_setting(garden.project, "colours", "colour-blind")
    blind = {"1.1": "#0072b2", "1.2": "#0072b2", "2.1": "#e77400", "2.2": "#e77400"}
    assert colours(garden) == blind
    garden.project.undo()
    assert colours(garden) == usual


def test_a_colour_of_its_own_stays(garden):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.change_code(garden.project, "garden@2", "1.2", colour="#00aa00")
    edits.change_setting(garden.project, "colours", "muted")
    found = colours(garden, "garden@2")
    assert (found["1.1"], found["1.2"], found["2.1"]) == ("#4d6986", "#00aa00", "#af739d")
