import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.html_text import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("just words", "just words"),
        ("<p>a</p>\n<p>b</p>", "a\nb"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<p>a</p> <p>b</p>", "a \nb"),
        ("<p>a</p>\n\n<p>b</p>", "a\n\nb"),
        ("<p>a<b>b</b><i>c</i></p>", "abc"),
        ("a<br>b<br/>\nc", "a\nb\nc"),
        ("a<br><br>b", "a\n\nb"),
        ("<p>a<br></p>\n<p>b</p>", "a\nb"),
        ("<h2>H</h2><ul><li>a</li><li>b</li></ul>z", "H\na\nb\nz"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<p>a</p><p>\u00a0</p><p>b</p>", "a\n\u00a0\nb"),
        ("a &lt;b&gt; &amp;amp; &nbsp;&eacute;&#8217;", "a <b> &amp; \u00a0é’"),
        ("a\r\nb&#13;c", "a\nb\nc"),
        ("\ufeffa", " a"),
        ("a\0b", "ab"),
        ("a<!-- not said -->b", "ab"),
        ("<p onclick='x()'>a<img src='http://example.org/x.png'>b</p>", "ab"),
        ("<p>Kari: 👩🏽‍🔬 e\u0301 < 5 & 6", "Kari: 👩🏽‍🔬 e\u0301 < 5 & 6"),
        ("<script>alert('<b>x</b>')</script>", "alert('<b>x</b>')"),
    ],
)
def test_blocks_become_lines_and_nothing_else_changes(html, text) -> None:
    assert html_text(html).text == text


def test_pictures_are_counted() -> None:
    assert html_text("<p><img src='a.png'>a<img></p>").pictures == 2


@pytest.mark.parametrize(
    ("first", "last", "quote"),
    [
        (0, 3, "kø"),
        (0, 5, "kø\nå"),
        (3, 5, "å"),
        (5, 10, " 👩"),
        (6, 10, "👩"),
        (10, 12, " b"),
        (10, 13, None),
        (-1, 3, None),
        (3, 3, None),
        (5, 3, None),
        (2, 3, None),
        (1, 2, None),
        (6, 9, None),
        (7, 10, None),
    ],
)
def test_bytes_of_the_text_nodes_become_a_segment_of_whole_letters(first, last, quote) -> None:
    found = html_text("<p>kø</p><p>å 👩 b</p>")
    assert found.text == "kø\nå 👩 b"
    segment = found.segment(first, last)
    assert (None if segment is None else found.text[slice(*segment)]) == quote


def test_breaks_put_in_are_inside_a_segment_and_never_at_its_edges() -> None:
    found = html_text("<p>a</p><p>b</p><p>c</p>")
    assert [found.segment(0, 3), found.segment(1, 2), found.segment(0, 1)] == [
        (0, 5),
        (2, 3),
        (0, 1),
    ]


def test_hostile_nesting_takes_no_time() -> None:
    assert html_text("<b>x" * 50_000).text == "x" * 50_000
    assert html_text("<a b='" * 50_000).text == ""


MARKS = ["<p>", "</p>", "<br>", "<td>", "<tr>", "<li>", "</div>", "<b>", "<!--", "-->", "<", "</"]
SIGNS = [
    "&",
    "&lt;",
    "&#13;",
    "\r\n",
    "\n",
    " ",
    "\t",
    "\ufeff",
    "\0",
    "å",
    "👩",
    "<a b='",
    "<script>",
]
PIECES = st.sampled_from(MARKS + SIGNS)


@given(
    st.lists(PIECES, max_size=25).map("".join) | st.text(st.characters(exclude_categories=["Cs"]))
)
def test_without_what_was_put_in_the_text_is_the_text_nodes(html) -> None:
    found = html_text(html)
    put_in = {int(at) + number for number, at in enumerate(found.put_in)}
    kept = [letter for place, letter in enumerate(found.text) if place not in put_in]
    assert {found.text[place] for place in put_in} <= {"\n", "\t"}
    assert len(kept) == len(found.source)
    assert "".join(kept[1:]) == found.source[1:].replace("\r", "\n")
    assert "\r" not in found.text
    assert not found.text.startswith("\ufeff")
    if found.source:
        whole = found.segment(0, len(found.source.encode()))
        assert whole == (list(found.put_in).count(0), len(found.text))
