"""Search: what a query finds, and where."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BadValue, SearchTooSlow
from workbench.stages.familiarisation import search
from workbench.stages.familiarisation.search import find, hits, pattern


def words_found(text: str, query: str, **how: bool) -> list[str]:
    return [text[a:b] for a, b in find(text, pattern(query, **how))]


def test_a_word_is_found_whole_in_any_case_with_its_positions():
    text = "Waiting 😀 wait. Await the wait-list"
    assert find(text, pattern("wait")) == [(10, 14), (26, 30)]


def test_part_of_a_word_is_found_when_whole_words_are_not_asked_for():
    assert words_found("Await, waiting", "wait", whole_words=False) == ["wait", "wait"]


def test_case_matters_when_asked():
    assert words_found("Wait wait", "wait", ignore_case=False) == ["wait"]


def test_letters_are_never_folded():
    text = "far får mal mål blå Å ø o"
    assert words_found(text, "far") == ["far"]
    assert words_found(text, "får") == ["får"]
    assert words_found(text, "å") == ["Å"]
    assert words_found(text, "o") == ["o"]


def test_both_unicode_spellings_of_a_letter_are_the_same_letter():
    decomposed = unicodedata.normalize("NFD", "får far")
    assert find(decomposed, pattern("får")) == [(0, 4)]
    assert find(decomposed, pattern("far")) == [(5, 8)]
    assert find(decomposed, pattern("fa")) == []


def test_several_words_are_a_phrase_over_any_white_space():
    text = "a long\nwait, a long  wait, a long. wait"
    assert find(text, pattern("long wait")) == [(2, 11), (15, 25)]
    assert find(text, pattern('"long wait"')) == find(text, pattern("long wait"))


def test_a_star_ends_the_beginning_of_a_word():
    assert words_found("wait waiting await waits", "wait*") == ["wait", "waiting", "waits"]
    assert words_found("waiting lists and waiting rooms", "wait* list*") == ["waiting lists"]


def test_a_star_in_quotation_marks_is_a_star():
    assert words_found("f*** off, free", '"f***"') == ["f***"]


def test_signs_of_regular_expressions_stand_for_themselves():
    assert words_found("cost (100%) [x] a.b a+b", "(100%)") == ["(100%)"]
    assert words_found("cost (100%) [x] a.b axb", "a.b") == ["a.b"]
    assert words_found(r"^[a-z]\d$", r"^[a-z]\d$") == [r"^[a-z]\d$"]


def test_a_regular_expression_speaks_for_itself():
    assert words_found("wait 3 weeks, 12 weeks", r"\d+ weeks", regex=True) == [
        "3 weeks",
        "12 weeks",
    ]
    assert words_found("WAIT", "w.it", regex=True) == ["WAIT"]


def test_matches_of_no_length_are_skipped():
    assert words_found("baa b", "a*", regex=True) == ["aa"]


@pytest.mark.parametrize("query", ["", "   ", "*", "a *", '""', "x" * 1001])
def test_a_query_that_cannot_be_searched_for_is_said_so(query: str):
    with pytest.raises(BadValue):
        pattern(query)


@pytest.mark.parametrize(
    "query", ["(", "a{3,1}", "[z-a]", "(" * 999, "a{99999999999999}", "(?P<a>x"]
)
def test_a_broken_regular_expression_is_said_so(query: str):
    with pytest.raises(BadValue, match="regular expression"):
        pattern(query, regex=True)


def test_a_regular_expression_of_odd_style_raises_no_warning():
    assert words_found("[a", "[[a]", regex=True) == ["[", "a"]


def test_a_regular_expression_that_does_not_end_is_given_up(monkeypatch):
    monkeypatch.setattr(search, "_MOST_SECONDS", 0.2)
    endless, text = "(a|aa)+$", "a" * 200 + "b"
    said = r"“\(a\|aa\)\+\$” was given up after 0.2 seconds"
    with pytest.raises(SearchTooSlow, match=said):
        find(text, pattern(endless, regex=True))
    with pytest.raises(SearchTooSlow):
        list(hits([("v1", "ab"), ("v2", text)], pattern(endless, regex=True)))


def test_the_time_of_a_regular_expression_is_that_of_all_texts_together(monkeypatch):
    monkeypatch.setattr(search, "_MOST_SECONDS", 0.2)
    found = hits([("v1", "a a"), ("v2", "a")], pattern("a", regex=True))
    assert next(found).start == 0
    time.sleep(0.25)
    with pytest.raises(SearchTooSlow):
        list(found)


def test_hits_show_the_words_around_each_match():
    texts = [("v1", "We wait.\nYou wait!"), ("v2", "They wait")]
    assert list(hits(texts, pattern("wait"), context=5)) == [
        ("v1", 3, 7, "We ", "wait", ".\nYou"),
        ("v1", 13, 17, "\nYou ", "wait", "!"),
        ("v2", 5, 9, "They ", "wait", ""),
    ]
    assert [hit.start for hit in hits(texts, pattern("Y?", regex=True))] == [9, 3]


def test_a_text_is_searched_only_when_its_hits_are_asked_for():
    def texts():
        yield "v1", "We wait."
        raise AssertionError("the second text was fetched for the first hit")

    assert next(hits(texts(), pattern("wait"))).start == 3


@given(
    st.lists(st.sampled_from(["vi", "venter", "på", "far", "får", "PÅ"]), max_size=30),
    st.sampled_from(["vi", "på", "far", "får"]),
)
def test_a_word_is_found_as_often_as_it_is_said(said: list[str], word: str):
    text = ", ".join(said)
    starts = [len(", ".join([*said[:n], ""])) for n in range(len(said))]
    spoken = [s for s, w in zip(starts, said, strict=True) if w.lower() == word]
    assert [a for a, _ in find(text, pattern(word))] == spoken


@given(st.text(max_size=30), st.text("ab *\"'(“”\\[^]-å\u030a", min_size=1, max_size=8))
def test_every_query_gives_positions_in_the_text_or_is_refused(text: str, query: str):
    try:
        searched = pattern(query)
    except BadValue:
        return
    for start, stop in find(text, searched):
        assert 0 <= start < stop <= len(text)
        assert searched.match(text, start)


def test_every_hit_of_a_large_study_is_found():
    text = "Jeg hadde ventet lenge på en time hos legen, og det var vondt. " * 160_000
    assert len(find(text, pattern("hos legen"))) == 160_000
    assert isinstance(pattern("hos"), re.Pattern)
