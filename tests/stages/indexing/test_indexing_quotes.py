"""Quotes are placed exactly, or the error says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BadValue, QuoteNotFound, QuoteNotUnique
from workbench.stages.indexing.quotes import locate

TEXT = "I: How long?\nP: I don’t know. We waited,\n   and waited.\nI: Waited?\nP: Yes, we waited.\n"


def placed(quote: str, before: str = "", after: str = "") -> str:
    start, stop = locate(TEXT, quote, before, after)
    return TEXT[start:stop]


def test_a_quote_is_found_where_it_stands():
    assert locate(TEXT, "How long?") == (3, 12)


def test_only_white_space_may_differ():
    assert placed("waited, and  waited") == "waited,\n   and waited"
    assert placed("  How\tlong? ") == "How long?"
    assert locate("zero\n\none\ntwo\tthree", "one two three") == (6, 19)


def test_positions_are_code_points():
    assert locate("😀😀 vondt", "vondt") == (3, 8)


def test_signs_of_regular_expressions_are_signs():
    assert locate("a.b (x*) [y]", "(x*) [y]") == (4, 12)
    with pytest.raises(QuoteNotFound):
        locate("axb", "a.b")


def test_a_quote_that_stands_twice_is_refused_with_its_places():
    with pytest.raises(QuoteNotUnique) as refused:
        locate(TEXT, "waited", transcript="P07")
    assert refused.value.places == (33, 48, 78)
    assert "3 times in “P07” (at characters 33, 48, 78)" in str(refused.value)


def test_places_that_lie_over_one_another_are_two_places():
    with pytest.raises(QuoteNotUnique) as refused:
        locate("no no no", "no no")
    assert refused.value.places == (0, 3)


def test_words_before_or_after_tell_places_apart():
    assert locate(TEXT, "waited", before="and") == (48, 54)
    assert locate(TEXT, "waited", before="Yes, we ") == (78, 84)
    assert locate(TEXT, "waited", after=", and") == (33, 39)
    assert locate("no a, no b", "no", after="b") == (6, 8)
    assert locate(TEXT, "waited", before="we", after=".") == (78, 84)


def test_words_before_that_are_not_there_are_an_error_that_shows_the_place():
    with pytest.raises(QuoteNotFound) as refused:
        locate(TEXT, "How long?", before="I asked:")
    assert "How long?" in refused.value.nearest


def test_a_straight_apostrophe_is_not_a_curly_one_and_the_error_names_both():
    with pytest.raises(QuoteNotFound) as refused:
        locate(TEXT, "I don't know", transcript="P07")
    assert (refused.value.nearest, refused.value.at) == ("I don’t know", 16)
    assert str(refused.value) == (
        "“I don't know” is not in “P07”. Nearest is “I don’t know” at character 16: "
        "the text has “don’t” where the quote has “don't”. Copy the words exactly."
    )


def test_another_case_is_another_word():
    with pytest.raises(QuoteNotFound) as refused:
        locate(TEXT, "yes, We waited")
    assert refused.value.nearest == "Yes, we waited"


def test_a_slip_within_a_single_word_is_near():
    with pytest.raises(QuoteNotFound) as refused:
        locate("They sent me to the physiotherapist again.", "physoitherapist")
    assert (refused.value.nearest, refused.value.at) == ("physiotherapist", 20)


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("therapist agai!", "physiotherapist again"),
        ("sent mee to the physio", "sent me to the physiotherapist"),
    ],
)
def test_the_nearest_words_are_whole_words(quote: str, nearest: str):
    with pytest.raises(QuoteNotFound) as refused:
        locate("They sent me to the physiotherapist again.", quote)
    assert refused.value.nearest == nearest


def test_the_place_with_the_rarest_words_is_the_nearest_among_thousands():
    often = (
        "and then really nothing happened afterwards because everybody waited for somebody "
        "else to decide. "
    )
    rare = often.replace("decide", "go on")
    with pytest.raises(QuoteNotFound) as refused:
        locate(often * 3000 + rare + often * 3000, rare.strip(". ").replace(" to ", " too "))
    assert refused.value.nearest == rare.strip(". ")
    assert refused.value.at == len(often) * 3000


def test_missing_and_added_words_are_named():
    text = "then the doctor in the village told me that nothing could be done about it"
    with pytest.raises(QuoteNotFound, match="the text has also “in the village”"):
        locate(text, "the doctor told me that nothing could be done")
    with pytest.raises(QuoteNotFound, match="the quote has also “really”"):
        locate(text, "told me that really nothing could be done about it")


def test_letters_that_only_look_the_same_are_explained():
    with pytest.raises(QuoteNotFound, match="made of other Unicode signs"):
        locate("jeg fa\u030ar vente lenge", "jeg får vente")


def test_a_difference_far_into_a_long_quote_is_named():
    text = "x y z. " + " ".join(f"word{n}" for n in range(300)) + " end."
    quote = " ".join(f"word{n}" if n != 250 else "other" for n in range(300))
    with pytest.raises(QuoteNotFound) as refused:
        locate(text, quote)
    assert refused.value.at == 7
    assert refused.value.difference == "the text has “word250” where the quote has “other”"


def test_words_of_another_interview_are_near_nothing():
    with pytest.raises(QuoteNotFound, match="Nothing like it is there"):
        locate(TEXT, "insurance paperwork takes all my evenings")
    with pytest.raises(QuoteNotFound, match="Nothing like it is there"):
        locate(TEXT, "yes, insurance paperwork takes all my evenings")
    with pytest.raises(QuoteNotFound, match="Nothing like it is there"):
        locate("", "anything")


@pytest.mark.parametrize("quote", ["", "  \n"])
def test_an_empty_quote_is_refused(quote: str):
    with pytest.raises(BadValue):
        locate(TEXT, quote)


@given(st.text("ab \n", max_size=25), st.text("ab ", min_size=1, max_size=5))
def test_a_quote_is_placed_when_just_one_slice_of_the_text_reads_like_it(text: str, quote: str):
    words = quote.split()
    slices = [
        (i, j)
        for i in range(len(text))
        for j in range(i + 1, len(text) + 1)
        if text[i:j] == text[i:j].strip() and text[i:j].split() == words
    ]
    if not words:
        return
    if len(slices) == 1:
        assert locate(text, quote) == slices[0]
    elif slices:
        with pytest.raises(QuoteNotUnique) as refused:
            locate(text, quote)
        assert refused.value.places == tuple(i for i, _ in slices)
    else:
        with pytest.raises(QuoteNotFound):
            locate(text, quote)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=3))
def test_any_text_and_quote_gives_a_place_or_an_error_of_ours(text: str, quote: str, before: str):
    try:
        start, stop = locate(text, quote, before)
    except (BadValue, QuoteNotFound, QuoteNotUnique):
        return
    assert text[start:stop].split() == quote.split()


def test_a_large_text_is_searched_even_for_what_is_not_there():
    said = "jeg hadde ventet på en time hos legen og det var lenge før vi fikk svar, "
    text = said * 100_000 + "dørskiltet sa stengt, altså. " + said * 40_000
    with pytest.raises(QuoteNotFound) as refused:
        locate(text, "dørskiltet sa stengt altså")
    assert refused.value.nearest == "dørskiltet sa stengt, altså"
    with pytest.raises(QuoteNotUnique):
        locate(text, "vi fikk")
    with pytest.raises(QuoteNotUnique) as common:
        locate(text, "e")
    assert len(common.value.places) == text.count("e")


def test_a_hostile_repetition_ends():
    with pytest.raises(QuoteNotUnique):
        locate("a " * 200_000, "a " * 200)
    with pytest.raises(QuoteNotFound):
        locate("a" + " " * 1_000_000 + "a", "a b")
    with pytest.raises(QuoteNotFound):
        locate("a b " * 500_000, "a b " * 1_000 + "c")
