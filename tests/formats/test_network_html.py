"""The drawing of the network and its page: what they show, and what they never let out."""

import json
import math
import re
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from lxml import html
from small_network import (
    ARROWS_IN_LEGEND,
    BANDS,
    EDGES,
    HOSTILE,
    NODES,
    QUOTES,
    SAID_OF_AB,
    edge,
    nodes,
)

from workbench.errors import CannotWrite, FrameMismatch
from workbench.formats import network_figure, network_html, network_labels, network_words
from workbench.model import frames


def named(figure: go.Figure, legend: str) -> list[str]:
    return [t.name for t in figure.data if t.showlegend and t.legend == legend]


def test_the_area_of_a_driver_grows_with_its_cases():
    figure = network_figure.figure(NODES, EDGES, BANDS)
    size = {
        key[1]: pixels
        for kind in figure.data
        if kind.legend == "legend"
        for key, pixels in zip(kind.customdata, kind.marker.size, strict=True)
    }
    assert size["a"] / size["b"] == pytest.approx(math.sqrt(16 / 4))
    assert size["c"] > 0


def test_the_legends_say_in_words_what_is_drawn_and_nothing_else():
    figure = network_figure.figure(NODES, EDGES, BANDS)
    assert named(figure, "legend") == ["outer", "inner"]
    assert named(figure, "legend2") == ARROWS_IN_LEGEND
    calm = network_figure.figure(NODES, EDGES.iloc[1:2], BANDS)
    assert named(calm, "legend2") == ["weakens", "1–2 cases"]


def test_an_arrow_on_the_authors_word_is_dashed_and_thin():
    figure = network_figure.figure(NODES, EDGES, BANDS)
    heads = [t for t in figure.data if t.mode == "lines+markers"]
    shafts = [t for t in figure.data if t.mode == "lines" and t.x[0] is not None]
    assert [t.line for t in heads] == [t.line for t in shafts]
    ((shaft, head),) = [
        (s, h) for s, h in zip(shafts, heads, strict=True) if s.line.dash != "solid"
    ]
    assert len(heads) == 3
    assert shaft.line.width == min(t.line.width for t in heads)
    assert (shaft.x[0], shaft.y[0]) == (2, 0)
    assert (shaft.x[-2], shaft.y[-2]) == (head.x[0], head.y[0])
    assert head.x[-2:] == (0, None)


def test_an_arrow_ends_at_the_rim_of_its_target():
    figure = network_figure.figure(NODES, EDGES.iloc[:1], BANDS)
    arrow = next(t for t in figure.data if t.mode == "lines+markers")
    target = next(t for t in figure.data if t.name == "inner")
    assert (arrow.x[-2], arrow.y[-2]) == (0, 0)
    assert arrow.marker.size[-2] > 0
    assert (arrow.marker.size[0], arrow.marker.size[2]) == (0, 0)
    assert arrow.marker.standoff[-2] == target.marker.size[0] / 2 + 1


def test_pointing_at_an_arrow_tells_its_cases_its_words_and_who_speaks_against_it():
    figure = network_figure.figure(NODES, EDGES, BANDS, QUOTES)
    handles = next(
        t for t in figure.data if t.customdata is not None and t.customdata[0][0] == "edge"
    )
    said = dict(zip(map(tuple, handles.customdata), handles.hovertext, strict=True))
    assert said["edge", "a", "b"].split("<br>") == [
        "<b>Access</b>",
        "<b>→ Budget</b>",
        *SAID_OF_AB,
    ]


def test_pointing_at_a_driver_tells_its_cases_and_its_words():
    figure = network_figure.figure(NODES, EDGES, BANDS, QUOTES)
    outer = next(t for t in figure.data if t.name == "outer")
    assert outer.hovertext[0] == "<b>Access</b><br>outer<br>16 cases<br>“We wait.”"


def test_labels_find_room_in_the_order_that_is_asked_for_and_step_aside():
    boxes = [network_labels.Box(x, 0, 2, 40, 10) for x in (0, 30, 200)]
    above = (0.0, 20.0)
    below = (0.0, -9.0)  # radius 2, gap 2 and half of 10
    found = network_labels.with_room(boxes, [above] * 3, [0, 1, 2])
    assert found == {0: above, 1: below, 2: above}
    found = network_labels.with_room(boxes, [above] * 3, [1, 0, 2])
    assert found == {0: below, 1: above, 2: above}
    wall = [(197.0, -40.0, 400.0, 40.0)]
    found = network_labels.with_room(boxes, [above] * 3, [0, 1, 2], wall)
    assert found == {0: above, 1: below, 2: (-24.0, 0.0)}
    around = [(100.0, -40.0, 400.0, 40.0)]
    assert network_labels.with_room(boxes, [above] * 3, [0, 1, 2], around).keys() == {0, 1}


def test_no_label_covers_a_point_however_small_the_point_is():
    broad = network_labels.Box(0, 0, 5, 100, 50)
    small = network_labels.Box(0, -20, 4, 1, 1)  # where the first label would go
    ways = network_labels.placed([broad, small])
    found = network_labels.with_room([broad, small], ways, [0, 1])
    across, up = found[0]
    assert abs(across) >= 50 + 4 or abs(up + 20) >= 25 + 4
    wanted = [(0.0, -32.0), (0.0, 3.0)]
    assert network_labels.with_room([broad, small], wanted, [0])[0] == (0.0, 32.0)


def test_the_legend_shows_how_wide_the_arrows_are():
    drawn = network_figure.figure(NODES, EDGES, BANDS)
    assert drawn.layout.legend2.itemsizing != "constant"
    widths = [t.line.width for t in drawn.data if t.legend == "legend2" and "cases" in t.name]
    assert len(widths) == len(set(widths)) == 2


def test_columns_and_single_points_and_nothing_can_be_drawn():
    column = pd.DataFrame([("all", "column", -1.0, 1.0)], columns=list(frames.BANDS))
    assert network_figure.figure(NODES, EDGES, column).layout.shapes[0].type == "rect"
    loop = pd.DataFrame([edge("aa", "+", 1)])
    assert network_figure.figure(NODES.iloc[:1], loop, BANDS).layout.width > 0
    none = [frames.empty(c) for c in (frames.DRAWN_NODES, frames.DRAWN_EDGES, frames.BANDS)]
    assert network_figure.figure(*none).layout.height > 0
    assert len(html.fromstring(network_html.page(*none, title="Empty")).xpath("//tbody/tr")) == 0


def test_a_frame_without_places_is_our_mistake():
    with pytest.raises(FrameMismatch, match="lacks x, y"):
        network_figure.figure(NODES.drop(columns=["x", "y"]), EDGES, BANDS)


def text_of(page: str, path: str) -> list[str]:
    found = html.fromstring(page).xpath(path)
    return [" ".join(cell.text_content().split()) for cell in found]


def test_the_page_holds_the_same_in_tables_heaviest_first():
    page = network_html.page(NODES, EDGES, BANDS, QUOTES, title="Drivers", note="All invented.")
    assert text_of(page, "//h1") == ["Drivers"]
    assert text_of(page, "//p[@class='note']") == ["All invented."]
    links, drivers = html.fromstring(page).xpath("//table")
    rows = [[" ".join(c.text_content().split()) for c in row] for row in links.xpath("./tbody/tr")]
    words = "2 quotations“They said it costs too much.”Against: “It costs nothing.”"
    assert rows == [
        ["Access", "strengthens: how ab", "Budget", "7", "8", "1", "participant", "GP", words],
        ["Budget", "weakens: how bc", "Care", "1", "2", "0", "participant", "GP", ""],
        ["Care", "both, or it depends: how ca", "Access", "0", "1", "0", "authors", "GP", ""],
    ]
    assert [row.get("class") for row in links.xpath("./tbody/tr")] == [None, None, "authors"]
    assert [[c.text_content() for c in row] for row in drivers.xpath("./tbody/tr")] == [
        ["Access", "outer", "outer", "16", "1", "1"],
        ["Budget", "inner", "inner", "4", "1", "1"],
        ["Care", "outer", "outer", "0", "1", "1"],
    ]
    assert len(links.xpath(".//th[@scope='col']")) == 9


def hostile() -> str:
    odd_nodes = nodes(("a", HOSTILE, HOSTILE, 0, 1, 2), ("b", HOSTILE + "2", "k", 0, 0, 1))
    odd_edges = pd.DataFrame(
        [edge("ab", "−", 1, against=1, relation=HOSTILE, groups=HOSTILE, basis=HOSTILE)]
    )
    return network_html.page(
        odd_nodes,
        odd_edges,
        BANDS.assign(band=HOSTILE),
        {"qab": HOSTILE, "xab": HOSTILE, "qa": HOSTILE},
        title=HOSTILE,
        note=HOSTILE,
        language=HOSTILE,
    )


def test_no_word_of_a_user_becomes_an_element_of_the_page():
    plain = network_html.page(NODES.iloc[:2], EDGES.iloc[:1], BANDS, title="t")
    odd = html.fromstring(hostile())
    assert len(odd.xpath("//script")) == len(html.fromstring(plain).xpath("//script"))
    assert odd.xpath("//img | //a | //iframe | //link | //@onerror") == []
    assert odd.xpath("string(//h1)") == HOSTILE
    assert odd.xpath("string(//title)") == HOSTILE


def test_no_word_of_a_user_is_markup_to_plotly():
    drawn = re.search(r'Plotly\.newPlot\(\s*"network",\s*(\[.*?\]),\s*\{"', hostile(), re.DOTALL)
    assert drawn
    texts = json.dumps(json.loads(drawn[1]), ensure_ascii=False)
    assert "&lt;img" in texts
    assert "onerror" in texts
    assert re.findall(r"<(?!/?b>|br>)", texts) == []


def test_the_page_asks_nothing_of_the_network():
    page = network_html.page(NODES, EDGES, BANDS, title="t")
    tree = html.fromstring(page)
    assert tree.xpath("//script/@src | //link/@href | //img/@src") == []
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'; ")
    assert "http" not in policy
    assert '"showSendToCloud": false' in page
    assert network_figure.CONFIG["plotlyServerURL"] == ""


def test_the_same_network_makes_the_same_file_with_plain_line_ends(tmp_path: Path):
    first, second = tmp_path / "one.html", tmp_path / "two.html"
    for path in (first, second):
        network_html.write(path, NODES, EDGES, BANDS, QUOTES, title="Køer 🙂 \ud800\x07")
    assert first.read_bytes() == second.read_bytes()
    assert "Køer 🙂 �␇".encode() in first.read_bytes()


def test_a_folder_that_is_not_there_leaves_a_sentence(tmp_path: Path):
    with pytest.raises(CannotWrite):
        network_html.write(tmp_path / "nowhere" / "x.html", NODES, EDGES, BANDS, title="t")


def test_long_quotes_are_cut_between_words_and_only_a_few_are_shown():
    quotes = {str(n): f"{n} " + "word " * 100 for n in range(9)}
    shown = network_words.quoted(map(str, range(9)), quotes)
    assert len(shown) == 3
    assert all(len(words) <= 160 and words.endswith("word…") for words in shown)
    assert network_words.quoted(["gone"], quotes) == []


def test_what_several_codings_quote_is_shown_once():
    quotes = {"a": "Said.", "b": "Said.", "c": "Said again."}
    assert network_words.quoted("abc", quotes) == ["Said.", "Said again."]


def test_labels_break_at_spaces_and_slashes_and_never_lose_a_short_word():
    assert network_words.wrapped("Reluctance/difficulty rejecting referrals") == [
        "Reluctance/",
        "difficulty",
        "rejecting",
        "referrals",
    ]
    assert network_words.wrapped("") == [""]
    assert network_words.wrapped("x" * 90) == ["x" * 22 + "…"]
    assert network_words.wrapped(
        "one two three four five six seven eight nine ten eleven twelve " * 3
    )[-1].endswith("…")


def test_a_label_goes_where_it_covers_nothing():
    box = network_labels.Box(0, 0, 5, 40, 14)
    assert network_labels.placed([box]) == [(0, -14)]
    assert network_labels.placed([box], [(-50, -30, 50, -2)]) == [(0, 14)]
    assert network_labels.placed([box], [(-50, -30, 50, -2), (-50, 2, 50, 30)]) != [(0, -14)]
    assert network_labels.placed([box], beside=True) == [(27, 0)]
    assert network_labels.placed([]) == []
