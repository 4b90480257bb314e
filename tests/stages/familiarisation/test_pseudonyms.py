"""Names are found as whole words and replaced alike everywhere; every place can be told."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.stages.familiarisation.pseudonyms import (
    Hit,
    Pseudonym,
    clashes,
    find,
    replace,
)

KARI = [Pseudonym("Kari", "Anne"), Pseudonym("Hansen", "Vik"), Pseudonym("Kari Hansen", "Eva Lie")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hansens bil", "Viks bil"),
        ("Hansen’s car, Hansen's hat", "Vik’s car, Vik's hat"),
        ("Hansen-familien og Hansen-", "Vik-familien og Vik-"),
        ("HANSEN! HANSENS bil", "VIK! VIKS bil"),
        ("Johansen, Hansenius, Hansensen", "Johansen, Hansenius, Hansensen"),
        ("hansen og kari", "hansen og kari"),
        ("Kari Hansen, Kari\nHansen og Kari", "Eva Lie, Eva Lie og Anne"),
        ("Kari: Ja.\nHansen: Nei.", "Anne: Ja.\nVik: Nei."),
        ("fil_Kari_2", "fil_Anne_2"),
        ("🌱Kari🌱", "🌱Anne🌱"),
        ("", ""),
    ],
)
def test_a_name_is_replaced_with_its_ending_kept_and_never_within_a_word(
    text: str, said: str
) -> None:
    assert replace(text, KARI).text == said


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("known", ["NFC", "NFD"])
def test_both_spellings_of_a_letter_are_the_same_name(form: str, known: str) -> None:
    name = unicodedata.normalize(known, "René Åse")
    text = unicodedata.normalize(form, "Så kom René Åses bror.")
    expected = unicodedata.normalize(form, "Så kom Pers bror.")
    assert replace(text, [Pseudonym(name, "Per")]).text == expected


def test_where_asked_small_letters_are_taken_for_capitals() -> None:
    text = "group_kari: kari hansen"
    assert replace(text, KARI).text == text
    assert replace(text, KARI, any_case=True).text == "group_Anne: Eva Lie"


def test_a_letter_with_an_accent_is_another_word() -> None:
    assert find("Rene\u0301 and Rene", ["Rene"]).hits == (Hit(0, 10, 14),)


def test_signs_of_a_regular_expression_in_a_name_stand_for_themselves() -> None:
    assert find("a.b, axb, a.b", ["a.b"]).hits == (Hit(0, 0, 3), Hit(0, 10, 13))
    assert find("call +47 90 11 now", ["+47 90 11"]).hits == (Hit(0, 5, 14),)


def test_of_overlapping_names_the_longest_stays_and_the_other_is_told() -> None:
    found = find("Anne Marie Olsen kom.", ["Anne Marie", "Marie Olsen", "Olsen"])
    assert found.hits == (Hit(1, 5, 16),)
    assert [(o.hit, o.kept) for o in found.overlaps] == [(Hit(0, 0, 10), Hit(1, 5, 16))]


def test_a_place_of_the_old_text_is_told_in_the_new_one() -> None:
    # 0123456789012345678901
    text = "Så sa Kari til Hansen."
    done = replace(text, [Pseudonym("Kari", "Anne-Lise"), Pseudonym("Hansen", "Vik")])
    assert done.text == "Så sa Anne-Lise til Vik."
    assert [done.start(at) for at in (0, 6, 8, 10, 15, 21)] == [0, 6, 6, 15, 20, 23]
    assert [done.stop(at) for at in (0, 6, 8, 10, 15, 21, 22)] == [0, 6, 15, 15, 20, 23, 24]
    assert [done.touched(*s) for s in ((0, 6), (0, 7), (9, 11), (10, 15))] == [
        False,
        True,
        True,
        False,
    ]
    assert [done.cut(*s) for s in ((6, 10), (7, 10), (6, 16), (0, 22))] == [
        False,
        True,
        True,
        False,
    ]


PSEUDONYMS = [Pseudonym("ab", "Q"), Pseudonym("a", "XYZ")]


@given(st.text("ab c.\n", max_size=60), st.data())
def test_what_lies_between_names_is_the_same_words_at_the_place_that_is_told(
    text: str, data: st.DataObject
) -> None:
    done = replace(text, PSEUDONYMS)
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, len(text)))
    new = done.text[done.start(a) : done.stop(b)]
    if not done.touched(a, b):
        assert new == text[a:b]
    elif not done.cut(a, b):
        inside = [h for h in done.hits if a <= h.start and h.stop <= b]
        said, at = "", a
        for h in inside:
            said += text[at : h.start] + PSEUDONYMS[h.number].replacement
            at = h.stop
        assert new == said + text[at:b]
    assert not find(done.text, ["ab", "a"]).hits


@given(st.text("ab ", max_size=40))
def test_hits_are_in_order_and_share_no_letters(text: str) -> None:
    hits = find(text, ["a b", "b a", "a"]).hits
    assert all(one.stop <= two.start for one, two in pairwise(hits))
    assert all(one.start < one.stop for one in hits)


def test_a_pseudonym_that_holds_a_name_is_told() -> None:
    names = [Pseudonym("Kari", "Anne Moe"), Pseudonym("Moe", "Vik"), Pseudonym("Bo", "Bosse")]
    assert clashes(names) == [(names[0], "Moe")]
