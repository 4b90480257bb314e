"""A code that is made of the words it is found in: framework and codings change in one act."""

import pytest
from builders import GARDENER, GROUP, VERSION, Garden

from workbench.errors import BadValue, OutsideText, Refused, UnknownName
from workbench.model.coding import Coding
from workbench.model.framework import Code
from workbench.project import edits, views

DRAFT = "garden@2"
WORDS = "nobody has a key"


@pytest.fixture
def drafted(garden: Garden) -> Garden:
    """The garden with a draft made from its framework."""
    edits.begin_draft(garden.project, VERSION, "2")
    return garden


def at(words: str, text: str = GARDENER) -> tuple[int, int]:
    """Return where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def code_of(garden: Garden, coding: Coding) -> Code:
    """Return the code of a coding, as the draft has it."""
    codes = views.framework(garden.project, DRAFT).codes
    return next(c for c in codes if c.code_id == coding.code_id)


def test_the_words_are_the_codes_name_and_example_and_are_coded_with_it(drafted):
    before = drafted.acts()
    coding = edits.code_in_vivo(drafted.project, "gardener", *at(WORDS), framework=DRAFT)
    code = code_of(drafted, coding)
    assert (code.name, code.example, code.origin) == (WORDS, WORDS, "inductive")
    assert (code.category_id, code.parent_id) == (None, None)
    assert (coding.quote, coding.code_id, coding.coder) == (WORDS, code.code_id, "anna")
    assert [s.kind for s in views.framework(drafted.project, DRAFT).steps] == ["add"]
    assert drafted.acts() == before + 1
    held = views.codings(drafted.project)
    assert held.loc[held["quote"] == WORDS, "code"].tolist() == [WORDS]


def test_one_undo_takes_back_the_code_and_the_coding(drafted):
    before = drafted.live()
    edits.code_in_vivo(drafted.project, "gardener", *at(WORDS), framework=DRAFT)
    drafted.project.undo()
    after = drafted.live()
    assert [t for t in before if before[t] != after[t]] == []


def test_a_name_a_category_a_run_and_a_flag_can_be_given(drafted):
    edits.start_run(drafted.project, "open", DRAFT)
    coding = edits.code_in_vivo(
        drafted.project,
        "gardener",
        *at(WORDS),
        name=" Lost keys ",
        category="Coming",
        run="open",
        coder="bo",
        uncertain=True,
    )
    code, version = code_of(drafted, coding), views.framework(drafted.project, DRAFT)
    heads = {c.category_id: c.name for c in version.categories}
    assert (code.name, code.number, heads[code.category_id]) == ("Lost keys", "1.3", "Coming")
    assert (coding.coder, coding.uncertain) == ("bo", True)


def test_long_words_over_two_lines_give_a_name_that_is_cut(drafted):
    words = "The list is never up to date. Two people water the same bed.\nAnna: That is true"
    coding = edits.code_in_vivo(drafted.project, "group", *at(words, GROUP), framework=DRAFT)
    code = code_of(drafted, coding)
    assert code.name == "The list is never up to date. Two people water the same bed…"
    assert code.example == words.replace("\n", " ")


@pytest.mark.parametrize(
    ("place", "chosen", "problem"),
    [
        (at(WORDS), {"framework": VERSION}, Refused),
        (at(WORDS), {"framework": DRAFT, "name": "barriers", "category": "Coming"}, Refused),
        (at(WORDS), {"framework": DRAFT, "category": "Comings"}, UnknownName),
        ((5, 5), {"framework": DRAFT}, OutsideText),
        ((5, 10**6), {"framework": DRAFT}, OutsideText),
        ((GARDENER.index("\n"), GARDENER.index("\n") + 1), {"framework": DRAFT}, BadValue),
    ],
    ids=["released", "name taken", "no such category", "no words", "beyond", "only a blank"],
)
def test_what_cannot_be_leaves_nothing_behind(drafted, place, chosen, problem):
    before = drafted.live()
    with pytest.raises(problem):
        edits.code_in_vivo(drafted.project, "gardener", *place, **chosen)
    assert drafted.live() == before
