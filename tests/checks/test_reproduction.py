"""Printed cells and the register, judged: by hand, and whatever cell or entry is altered."""

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.checks.reproduction import Account, judge, same, seal, shown
from workbench.model.published import Figure, Printed, PublishedCell, RegisterEntry

WORDS = {"c1": "t1 far away", "c2": "t1 no car", "c3": "t2 near"}


def cell(name: str, value: str, **more: object) -> PublishedCell:
    figure = {"figure": "cases"} if "figure" not in more else {}
    return PublishedCell(name, "one", name, "n", value, **figure, **more)  # type: ignore[arg-type]  # fields by name


def entry(name: str, holds: str, *explains: str) -> RegisterEntry:
    return RegisterEntry(name, f"What {name} is.", "computed", holds, explains)


PRINTED = Printed(
    (
        cell("cases", "27", evidence=seal(["c1", "c2"], WORDS)),
        cell("share", "28.8 %"),
        cell("letters", "1,182", register=("X1",)),
        cell("back", "970", register=("X1",)),
        cell("head", "290", register=("X1",)),
        cell("planned", "half", figure="", register=("X2",)),
        cell("groups", "GP; Surgeon"),
    ),
    (
        entry("X1", "letters = back + head - 78; own letters = 1260", "letters"),
        entry("X2", 'planned = "half"'),
    ),
)
FIGURES = {
    "cases": Figure(27, ("c1", "c2")),
    "share": Figure(28.8032, ("c3",)),
    "letters": Figure(1260),
    "back": Figure(970),
    "head": Figure(290),
    "groups": Figure(("Surgeon", "GP")),
}


def held(
    printed: Printed = PRINTED,
    figures: dict[str, Figure] = FIGURES,
    problems: dict[str, str] | None = None,
    words: dict[str, str] = WORDS,
) -> Account:
    return judge(printed, figures, problems or {}, words)


def with_cell(name: str, **changes: object) -> Printed:
    cells = tuple(replace(c, **changes) if c.cell == name else c for c in PRINTED.cells)
    assert cells != PRINTED.cells
    return replace(PRINTED, cells=cells)


def with_entry(name: str, **changes: object) -> Printed:
    entries = tuple(replace(e, **changes) if e.entry == name else e for e in PRINTED.register)
    assert entries != PRINTED.register
    return replace(PRINTED, register=entries)


# --- whole results by hand -----------------------------------------------------------------


def test_every_cell_gets_the_verdict_that_fits_it():
    account = held()
    assert [(j.cell.cell, j.rebuilt, j.verdict, j.why) for j in account.cells] == [
        ("cases", "27", "equal", ""),
        ("share", "28.8032", "equal", ""),
        ("letters", "1260", "explained", "see X1"),
        ("back", "970", "equal", ""),
        ("head", "290", "equal", ""),
        ("planned", "", "stated", "see X2"),
        ("groups", "GP; Surgeon", "equal", ""),
    ]
    assert account.cells[0].evidence == ("c1", "c2")
    assert [(e.entry.entry, e.holds, e.sums, e.why) for e in account.register] == [
        (
            "X1",
            True,
            "letters = back + head - 78 [1182, 1182]; own letters = 1260 [1260, 1260]",
            "",
        ),
        ("X2", True, 'planned = "half" [half, half]', ""),
    ]
    assert account.reproduces
    assert account.differing == ()


def test_a_study_that_prints_nothing_says_nothing():
    assert held(Printed(), {}) == Account((), ())


WRONG: dict[str, tuple[Callable[[], Account], tuple[str, ...], str]] = {
    "another number": (lambda: held(with_cell("cases", value="26")), ("cases",), ""),
    "a figure that could not be worked out": (
        lambda: held(figures={k: f for k, f in FIGURES.items() if k != "cases"},
                     problems={"cases": "There is no case."}),
        ("cases",),
        "There is no case.",
    ),
    "no figure and nothing in the register": (
        lambda: held(with_cell("groups", figure="")),
        ("groups",),
        "nothing is held against it: give it a figure, or an entry of the register",
    ),
    "an entry that is not there": (
        lambda: held(with_cell("share", register=("X9",))),
        ("share",),
        "the register has no entry X9 that names this cell",
    ),
    "an entry that does not speak of the cell": (
        lambda: held(with_cell("share", register=("X2",))),
        ("share",),
        "the register has no entry X2 that names this cell",
    ),
    "other words behind the same number": (
        lambda: held(words=WORDS | {"c2": "t1 no bus"}),
        ("cases",),
        "the words behind it changed: 2 codings then, 2 now",
    ),
    "fewer words behind the same number": (
        lambda: held(figures=FIGURES | {"cases": Figure(27, ("c1",))}),
        ("cases",),
        "the words behind it changed: 2 codings then, 1 now",
    ),
    "no words behind the same number": (
        lambda: held(figures=FIGURES | {"cases": Figure(27)}),
        ("cases",),
        "the words behind it changed: 2 codings then, no now",
    ),
    "words where a number is rebuilt": (
        lambda: held(with_cell("share", value="28,8")),
        ("share",),
        "“28,8” is not a number such as 1,260 or 28.8 %",
    ),
    "an explanation that no longer holds": (
        lambda: held(with_entry("X1", holds="letters = 1182; letters = back + head")),
        ("letters", "X1"),
        "",
    ),
    "an explained value that could be any other": (
        lambda: held(with_entry("X1", holds="letters < back + head")),
        ("letters",),
        "X1 would hold for another value too; claim letters = 1182",
    ),
    "a stated value that could be any other": (
        lambda: held(with_entry("X2", holds='planned != "whole"')),
        ("planned",),
        'X2 would hold for another value too; claim planned = "half"',
    ),
    "a difference that an entry does not explain": (
        lambda: held(with_entry("X1", explains=())),
        ("letters",),
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_as_printed_is_named_with_its_reason(what):
    make, names, why = WRONG[what]
    account = make()
    assert not account.reproduces
    assert account.differing[: len(names)] == names
    assert next(j.why for j in account.cells if j.cell.cell == names[0]) == why


NOT_HOLDING = {
    "a claim turned false": (
        with_entry("X2", holds='planned = "whole"'),
        'no longer so: planned = "whole"',
    ),
    "nothing is claimed": (with_entry("X2", holds=" ; "), "it claims nothing"),
    "it cannot be read": (
        with_entry("X2", holds="planned == 1"),
        "A claim cannot be 'planned == 1'; give a number, a text or a cell on each side of a sign.",
    ),
    "a cell that is not there": (
        with_entry("X2", holds='planned = "half"; cells = 1'),
        "A claim cannot be 'cells = 1'; give names of cells; there is no printed cell cells.",
    ),
    "a cell that does not name it back": (
        with_entry("X2", holds='planned = "half"; head = 290'),
        "it speaks of head, which do not name it back",
    ),
    "it explains what is equal": (
        with_entry("X1", explains=("letters", "back")),
        "it explains back, where nothing differs any more",
    ),
    "it explains a cell that no table has": (
        with_entry("X2", explains=("nowhere",)),
        "it speaks of nowhere, which do not name it back",
    ),
}


@pytest.mark.parametrize("what", NOT_HOLDING)
def test_an_entry_that_does_not_hold_is_named_with_its_reason(what):
    printed, why = NOT_HOLDING[what]
    account = held(printed)
    (broken,) = (e for e in account.register if not e.holds)
    assert broken.why == why
    assert broken.entry.entry in account.differing
    assert not account.reproduces


def test_an_entry_renamed_is_missed_by_its_cells():
    account = held(with_entry("X1", entry="X7"))
    assert account.differing == ("letters", "back", "head", "X7")


def test_an_entry_removed_is_missed_by_its_cells():
    assert held(replace(PRINTED, register=PRINTED.register[1:])).differing == (
        "letters",
        "back",
        "head",
    )


# --- the same value --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "value", "so"),
    [
        ("1,260", 1260, True),
        ("1 260", 1260, True),
        ("1,261", 1260, False),
        ("−3", -3, True),
        ("59", 59.4, True),
        ("59.0", 59.04, True),
        ("59.0", 59.06, False),
        ("2", 2.5, True),
        ("3", 2.5, True),
        ("4", 3.5, True),
        ("3", 3.5, False),
        ("0", -0.2, True),
        ("28.8 %", 28.8, True),
        ("yes", 1, False),
        ("1", float("inf"), False),
        ("1", float("nan"), False),
        ("1", 10**40, False),
        ("1." + "0" * 15, 1.0, True),
        ("1." + "0" * 40, 1.0, False),
        ("1 → 4", "1 → 4", True),
        (" 1  → 4", "1 → 4", True),
        ("1 → 4", "1 → 5", False),
        ("7", "07", False),
        ("B; A", ("A", "B"), True),
        ("B;  A ;", ("A", "B"), True),
        ("A", ("A", "B"), False),
        ("A; B; C", ("A", "B"), False),
        ("", (), True),
    ],
)
def test_printed_and_rebuilt_are_the_same_or_not(printed, value, so):
    assert same(printed, Figure(value)) is so


@given(
    st.decimals(-10_000, 10_000, places=6, allow_nan=False, allow_infinity=False),
    st.integers(0, 5),
)
def test_a_number_is_the_same_at_every_precision_that_a_paper_prints(value, places):
    unit = Decimal(1).scaleb(-places)
    figure = Figure(float(value))
    for way in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        printed = value.quantize(unit, way)
        assert same(str(printed), figure)
        assert same(f"{printed:,}", figure)
        assert same(f"{printed} %", figure)
        for off in (unit, -unit):
            beside = printed + off
            tie = abs(beside - value) == abs(printed - value)
            even, up = int(beside / unit) % 2 == 0, abs(beside) > abs(value)
            assert same(str(beside), figure) is (tie and (even or up))


@given(st.lists(st.text(alphabet="abc d", min_size=1).filter(str.strip), min_size=1,
                unique_by=lambda n: " ".join(n.split())), st.randoms())  # fmt: skip
def test_a_set_may_stand_in_any_order_and_lacks_nothing(names, random):
    figure = Figure(tuple({" ".join(n.split()) for n in names}))
    order = list(names)
    random.shuffle(order)
    assert same("; ".join(order), figure)
    assert same(shown(figure), figure)
    without = {" ".join(n.split()) for n in order[1:]}
    assert same("; ".join(order[1:]), figure) is (without == set(figure.value))  # type: ignore[arg-type]  # a tuple here


@given(st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9).map(lambda x: round(x, 6)))
def test_what_is_shown_of_a_number_is_the_same_number(value):
    assert same(shown(Figure(value)), Figure(value))


# --- the seal --------------------------------------------------------------------------


def test_nothing_is_sealed_where_no_coding_stands_behind():
    assert seal([], WORDS) == ""


def test_a_seal_says_how_many_codings_it_closes():
    assert seal(["c1", "c2", "c1"], WORDS).partition(" ")[0] == "2"
    assert len(seal(["c3"], WORDS)) == len("1 ") + 10


codings = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text(max_size=6), min_size=1)


@given(codings, st.data())
def test_a_seal_changes_with_any_change_of_any_coding(words, data):
    evidence = data.draw(st.lists(st.sampled_from(sorted(words)), min_size=1, unique=True))
    one = data.draw(st.sampled_from(evidence))
    other = data.draw(st.text(max_size=6).filter(lambda said: said != words[one]))
    now = seal(evidence, words)
    assert seal(evidence, words | {one: other}) != now
    assert seal([e for e in evidence if e != one], words) != now
    assert seal(evidence, {k: v for k, v in words.items() if k != one}) != now or words[one] == "?"


@given(codings, st.data())
def test_a_seal_changes_with_nothing_else(words, data):
    evidence = data.draw(st.lists(st.sampled_from(sorted(words)), min_size=1, unique=True))
    fresh = {k: f"id-{n}" for n, k in enumerate(sorted(words))}
    order = data.draw(st.permutations(evidence))
    beside = {"elsewhere": data.draw(st.text())}
    now = seal(evidence, words)
    assert seal(order, words) == now
    assert seal(evidence, words | beside) == now
    assert seal([fresh[e] for e in order], {fresh[k]: v for k, v in words.items()}) == now


spoken = st.lists(st.text(alphabet='ab\x1e\x1f,"\\', max_size=5), min_size=1, max_size=4)


@given(spoken, spoken)
@example(["a\x1eb", "c"], ["a", "b\x1ec"])
def test_two_seals_are_the_same_only_where_the_words_are(first, second):
    one, two = (dict(enumerate_words(said)) for said in (first, second))
    assert (seal(one, one) == seal(two, two)) is (sorted(first) == sorted(second))


def enumerate_words(said: list[str]) -> list[tuple[str, str]]:
    return [(f"c{n}", words) for n, words in enumerate(said)]


# --- exactly what was altered ----------------------------------------------------------

numbers = st.lists(st.integers(0, 10_000), min_size=1, max_size=12)


@given(numbers, st.data())
def test_of_any_cells_the_altered_one_is_named_and_no_other(values, data):
    figures = {f"c{n}": Figure(v) for n, v in enumerate(values)}
    cells = [cell(f"c{n}", f"{v:,}") for n, v in enumerate(values)]
    assert held(Printed(tuple(cells)), figures).reproduces
    at = data.draw(st.integers(0, len(values) - 1))
    other = data.draw(st.integers(0, 10_000).filter(lambda v: v != values[at]))
    cells[at] = replace(cells[at], value=str(other))
    assert held(Printed(tuple(cells)), figures).differing == (f"c{at}",)


@given(numbers, st.data())
def test_of_any_sealed_cells_those_are_named_that_rest_on_an_altered_coding(values, data):
    words = {f"w{n}": f"said {n}" for n in range(6)}
    behind = {
        f"c{n}": tuple(data.draw(st.lists(st.sampled_from(sorted(words)), unique=True)))
        for n in range(len(values))
    }
    figures = {name: Figure(v, behind[name]) for name, v in zip(behind, values, strict=True)}
    cells = tuple(
        cell(name, str(figures[name].value), evidence=seal(behind[name], words)) for name in behind
    )
    assert held(Printed(cells), figures, words=words).reproduces
    altered = data.draw(st.sampled_from(sorted(words)))
    account = held(Printed(cells), figures, words=words | {altered: "said otherwise"})
    assert account.differing == tuple(name for name, ids in behind.items() if altered in ids)


@given(numbers, st.data())
def test_of_any_entries_those_are_named_that_speak_of_an_altered_cell(values, data):
    names = [f"c{n}" for n in range(len(values))]
    speaks = {
        f"X{n}": data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        for n in range(3)
    }
    register = tuple(
        entry(e, " + ".join(of) + f" = {sum(values[names.index(c)] for c in of)}")
        for e, of in speaks.items()
    )
    cells = tuple(
        cell(c, str(v), figure="cases", register=tuple(e for e, of in speaks.items() if c in of))
        for c, v in zip(names, values, strict=True)
    )
    figures = {c: Figure(v) for c, v in zip(names, values, strict=True)}
    assert held(Printed(cells, register), figures).reproduces
    altered = data.draw(st.sampled_from(names))
    changed = tuple(
        replace(c, value=str(int(c.value) + 1)) if c.cell == altered else c for c in cells
    )
    expected = (altered, *(e for e, of in speaks.items() if altered in of))
    assert held(Printed(changed, register), figures).differing == expected
