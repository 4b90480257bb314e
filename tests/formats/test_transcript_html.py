"""A coded transcript as a page: read back with lxml, the marked words are the quotes."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from workbench.formats import transcript_html
from workbench.formats.transcript_html import Code, CodedTranscript, Coding, Turn, lanes

WORDS = "We wait & <wait> at the gate."
CODES = (
    Code("k1", "1.1", "Waiting", "To stand <still>", "1 Coming", "#2f6f9f"),
    Code("k2", "", "Gates & doors", "", "", "red; background: url(x)"),
    Code("k3", "9", "Never used", "", "", "#ffffff"),
)


def parsed(coded: CodedTranscript):
    return html.document_fromstring(transcript_html.page(coded))


def quotes(page) -> dict[str, str]:
    """The words under each coding, turn after turn."""
    out: dict[str, str] = {}
    for mark in page.iter("mark"):
        words = "".join(mark.itertext())
        out[mark.get("data-coding")] = out.get(mark.get("data-coding"), "") + words
    return out


def talk(*codings: Coding, words: str = WORDS) -> CodedTranscript:
    turns = (Turn(1, "I", 3, "Well?"), Turn(2, "Ana <1>", 20, words, "0:01:02"))
    return CodedTranscript("Talk & <more>", turns, codings, CODES)


def at(coding: str, words: str, code: str = "k1") -> Coding:
    start = 20 + WORDS.index(words)
    return Coding(coding, start, start + len(words), code, "anna")


def test_nested_and_overlapping_codings_keep_their_own_words():
    outer, inner, over = at("a", "wait & <wait> at"), at("b", "wait>"), at("c", "at the", "k2")
    page = parsed(talk(outer, inner, over))
    assert quotes(page) == {"a": "wait & <wait> at", "b": "wait>", "c": "at the"}
    below = {m.get("data-coding"): m.get("style").split("bottom:")[1] for m in page.iter("mark")}
    assert below == {"a": "0px", "b": "4px", "c": "4px"}
    said = {m.get("data-coding"): m.get("title") for m in page.iter("mark")}
    assert said == {
        "a": "1.1 Waiting (anna)",
        "b": "1.1 Waiting (anna)",
        "c": "Gates & doors (anna)",
    }


def test_each_coding_begins_and_ends_with_the_name_of_its_code():
    page = parsed(talk(at("a", "wait & <wait> at"), at("c", "at the", "k2")))
    (words,) = [p for p in page.find_class("words") if p.find_class("tag")]
    assert "".join(words.itertext()) == (
        "We ⟨ 1.1 Waitingwait & <wait> ⟨ Gates & doorsat1.1 ⟩ theGates & doors ⟩ gate."
    )


def test_a_coding_over_two_turns_is_marked_in_both_and_named_once_at_each_end():
    coded = talk(Coding("a", 5, 22, "k1", ""))
    page = parsed(coded)
    assert quotes(page) == {"a": "ll?" + "We"}
    tags = [t.text_content() for t in page.find_class("tag")]
    assert tags == ["⟨ 1.1 Waiting", "1.1 ⟩"]


def test_the_legend_has_the_codes_that_are_used_with_their_numbers():
    page = parsed(talk(at("a", "wait"), at("b", "gate"), at("c", "the", "k2")))
    legend = page.xpath("//h2[.='Codes']/following::table[1]//tr")
    rows = [[c.text_content() for c in tr] for tr in legend]
    assert rows == [
        ["Line", "Code", "Category", "Definition", "Codings here"],
        ["", "1.1 Waiting", "1 Coming", "To stand <still>", "2"],
        ["", "Gates & doors", "", "", "1"],
    ]


def test_a_colour_that_is_none_changes_nothing_but_the_colour():
    page = transcript_html.page(talk(at("c", "the", "k2")))
    assert "url(x)" not in page
    assert "border-color:#7a8794" in page


def test_who_speaks_and_when_stands_beside_and_turns_can_be_linked_to():
    page = parsed(talk())
    turn = page.get_element_by_id("turn-2")
    assert turn.find_class("who")[0].text_content() == "Ana <1>0:01:02"
    assert turn.find_class("n")[0].text_content() == "2"
    assert turn.find_class("words")[0].text_content() == WORDS
    assert "Nothing is coded here." in page.text_content()
    assert page.findtext(".//title") == "Talk & <more>"


def test_nothing_is_fetched_and_nothing_runs():
    page = transcript_html.page(talk(at("a", "wait")))
    tree = html.document_fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //@src | //@href | //@onclick")
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert not re.search(r"url\(|@import|https?:", page)


def test_what_the_page_is_of_stands_in_its_head_and_at_its_end():
    coded = CodedTranscript(
        "T", (), (), (), "Invented.", (("Project", "G & <h>"),), '{"project": "G & <h>"}'
    )
    page = parsed(coded)
    assert page.xpath("//meta[@name='workbench-manifest']/@content") == ['{"project": "G & <h>"}']
    assert [[c.text_content() for c in r] for r in page.xpath("//table//tr")] == [
        ["Project", "G & <h>"]
    ]
    assert page.find_class("note")[0].text == "Invented."


LETTERS = st.text(st.sampled_from("ab <&>\"'🌱\x00\x0cש\n"), min_size=1, max_size=30)


@given(LETTERS, st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=6))
def test_whatever_is_coded_the_marked_words_are_the_words_of_the_text(words, places):
    codings = [
        Coding(f"c{n}", 20 + start, min(20 + start + length, 20 + len(words)), "k1", "")
        for n, (start, length) in enumerate(places)
        if start < len(words)
    ]
    page = parsed(talk(*codings, words=words))
    shown = {"\x00": "␀", "\x0c": "␌"}
    plain = "".join(shown.get(c, c) for c in words)
    said = page.get_element_by_id("turn-2").find_class("words")[0]
    for tag in said.find_class("tag"):
        tag.drop_tree()
    assert said.text_content() == plain
    assert quotes(page) == {c.coding_id: plain[c.start - 20 : c.stop - 20] for c in codings}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=12))
def test_codings_that_share_a_character_lie_on_different_lines(places):
    codings = [Coding(f"c{n}", s, s + length, "", "") for n, (s, length) in enumerate(places)]
    lane = lanes(codings)
    for a in codings:
        for b in codings:
            if a is not b and a.start < b.stop and b.start < a.stop:
                assert lane[a.coding_id] != lane[b.coding_id]
    most = max((sum(c.start <= p < c.stop for c in codings) for p in range(30)), default=0)
    assert len(set(lane.values())) == most  # no more lines than codings in one place


def test_a_page_is_written_whole(tmp_path: Path):
    transcript_html.write(tmp_path / "t.html", talk(at("a", "wait")))
    written = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert written == transcript_html.page(talk(at("a", "wait")))
