"""Projects that others published: the counts that are known of them. See ../shared/real."""

from collections import Counter

import pytest

from workbench.formats.refi import codebook, reading
from workbench.model.report import LeftOut


@pytest.fixture(scope="module")
def qualilab(shared):
    return reading.read(shared / "real" / "refi" / "qualilab_stress_test.qdpx")


def depth_of(codes) -> dict[str, int]:
    found: dict[str, int] = {}
    for code in codes:
        found[code.guid] = found.get(code.parent, 0) + 1
    return found


def test_qualilab_has_the_counts_that_are_told_of_it(qualilab) -> None:
    assert qualilab.report.counts == {
        "texts": 16,
        "codes": 90,
        "selections": 2332,
        "codings": 2332,
        "cases": 16,
        "attributes": 12,
        "values": 192,
    }
    assert max(depth_of(qualilab.codes).values()) == 3
    assert qualilab.report.left_out == []


def test_qualilab_has_five_coders_and_a_gold_standard(qualilab) -> None:
    names = {u.guid: u.name for u in qualilab.users}
    made = Counter(names[c.coder] for s in qualilab.selections for c in s.codings)
    assert set(made) == {
        "Ana Lima",
        "Bruno Costa",
        "Carla Menezes",
        "Diego Rocha",
        "Elena Nogueira",
        "Gabarito experimental",
    }
    assert sum(made.values()) == 2332


def test_qualilab_every_selection_has_the_words_that_it_is_named_by(qualilab) -> None:
    squeezed = ("".join(s.quote.split()) for s in qualilab.selections)
    names = ("".join(s.name.split()) for s in qualilab.selections)
    assert all(q.startswith(n) and n for q, n in zip(squeezed, names, strict=True))
    texts = {s.guid: s.text for s in qualilab.sources}
    assert all(s.quote == texts[s.source][s.start : s.stop] for s in qualilab.selections)


def test_qualilab_leaves_the_standard_in_sixteen_cases_and_says_how_it_counts(qualilab) -> None:
    assert qualilab.report.notes == [
        "Not as the standard says (16×): “VariableValue” stands after “SourceRef” in “Case”."
    ]
    (guess,) = qualilab.report.guesses
    assert guess.because == "2332 of 2332 selections then have the words of their names"
    assert (guess.confidence, len(guess.where)) == ("certain", 16)


def test_qualilab_is_a_framework_of_ninety_codes(qualilab) -> None:
    made, ids = codebook.framework(qualilab.codes, "qualilab")
    assert (len(made.codes), len(made.categories), len(ids)) == (90, 0, 90)
    assert sum(code.parent_id is None for code in made.codes) == sum(
        depth == 1 for depth in depth_of(qualilab.codes).values()
    )


@pytest.mark.parametrize("name", ["skyloom_TestProject.qdpx", "skyloom_Project.qde"])
def test_skyloom_lacks_its_sources_and_all_that_is_missing_is_told(shared, name) -> None:
    held = reading.read(shared / "real" / "refi" / name)
    assert held.origin == "ATLAS.ti 8.4.0 573 , macOS Version 10.14.3 (Build 18D109)"
    assert held.report.counts == {"codes": 14, "notes": 2, "links": 1, "sets": 16}
    assert [(o.what, o.why, o.count) for o in held.report.left_out] == [
        ("texts", "the words are not in the file", 8),
        ("time marks", "the text that they are in is not here", 13),
        ("selections", "the text that they are in is not here", 8),
        ("codings", "the text that they are in is not here", 9),
        ("comments", "the text that they are in is not here", 2),
        ("areas of PDF pages", "only areas with a selection of the text have words", 2),
        ("codings", "their selection did not come in", 2),
        ("pictures", "only texts come in", 1),
        ("parts of pictures", "only texts come in", 1),
        ("recordings", "only texts come in", 1),
        ("videos", "only texts come in", 2),
        ("stretches of videos", "only texts come in", 2),
        ("files", "they are not in the file", 9 + 1 + 2),
        ("files", "they lie outside the file", 3),
        ("codings", "they are of pictures or recordings", 3),
        (
            "last changes",
            "who made something is taken over, not who changed it last",
            2 + 2 + 2 + 6 + 6 + 3,
        ),
        ("texts of areas of PDF pages", "the text of the whole PDF comes in", 3),
        ("graphs", "drawings of other tools are not taken over", 1),
    ]
    (outside,) = (o.where for o in held.report.left_out if o.why == "they lie outside the file")
    assert outside == (
        "Jeanine's Breakfast.m4a",
        "1960s Coca Cola commercial.mp4",
        "1994 Diet Coke-Diet Coke Break.mp4",
    )
    assert [u.name for u in held.users] == ["ATLAS.ti", "Friedrich Markgraf", "Sebastian Petrausch"]
    assert [(n.name, n.anchors) for n in held.notes] == [
        ("Research Plan", ()),
        ("My favorite Coke ad", (("other", ""),)),
    ]
    assert held.report.notes == []
    assert (
        LeftOut("graphs", "drawings of other tools are not taken over", 1) in held.report.left_out
    )
