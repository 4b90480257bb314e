"""The network as SVG: what is drawn where, what it says, and what it never becomes."""

import math
import re
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree
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
from workbench.formats import network_svg
from workbench.formats.network_looks import DARK, LIGHT
from workbench.formats.network_words import Tongue
from workbench.model import frames


def drawn(*of, **how):
    return etree.fromstring(network_svg.drawn(*(of or (NODES, EDGES, BANDS)), **how))


def in_class(root, name: str) -> list:
    return root.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def place(element) -> tuple[float, float]:
    found = re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", element.get("transform"))
    return float(found[1]), float(found[2])


def points(path) -> list[tuple[float, float]]:
    pairs = path.get("d").strip("MZ").split("L")
    return [(float(x), float(y)) for x, y in (pair.split() for pair in pairs)]


def dots(root) -> dict[str, tuple[tuple[float, float], float]]:
    """Return middle and radius of each driver in pixels."""
    return {
        dot.get("data-node"): (place(dot), float(dot.find("{*}circle").get("r")))
        for dot in in_class(root, "dot")
    }


def arrows(root) -> dict[str, tuple]:
    """Return line, head and unseen line of each arrow, by its two ends."""
    return {
        one.get("data-source") + one.get("data-target"): tuple(one.iterfind(".//{*}path"))
        for one in in_class(root, "edge")
    }


def said(element) -> list[str]:
    return element.findtext("{*}title").split("\n")


def test_drivers_stand_where_the_frame_says_and_their_area_grows_with_their_cases():
    found = dots(drawn(side=670))
    # the outer ring reaches 3 units from the middle, with a margin of 0.35: 100 pixels a unit
    assert found["a"][0] == (335, 135)
    assert found["b"][0] == (335, 335)
    assert found["c"][0] == (535, 335)
    assert found["a"][1] / found["b"][1] == pytest.approx(math.sqrt(16 / 4))
    assert found["c"][1] > 0


def test_an_arrow_goes_from_the_middle_of_one_driver_to_the_rim_of_the_other():
    root = drawn(side=670)
    shaft, head, hold = arrows(root)["ab"]
    target, radius = dots(root)["b"]
    tip = points(head)[0]
    assert points(shaft)[0] == points(hold)[0] == (335, 135)
    # measured along the bent line, which is a little longer than the straight way
    assert math.dist(tip, target) == pytest.approx(radius + 1, abs=0.2)
    assert points(hold)[-1] == tip
    left, right = points(head)[1:]
    base = points(shaft)[-1]
    across = (right[0] - left[0], right[1] - left[1])
    along = (tip[0] - base[0], tip[1] - base[1])
    assert across[0] * along[0] + across[1] * along[1] == pytest.approx(0, abs=0.3)
    assert math.hypot(*across) == pytest.approx(0.84 * math.hypot(*along), abs=0.05)
    assert math.dist(base, tip) == pytest.approx(
        7 + 1.6 * float(shaft.get("stroke-width")), abs=0.1
    )


def test_two_opposite_arrows_do_not_lie_on_each_other():
    root = drawn(NODES, pd.DataFrame([edge("ab", "+", 1), edge("ba", "+", 1)]), BANDS)
    there, back = (points(arrows(root)[pair][0]) for pair in ("ab", "ba"))
    assert math.dist(there[7], back[7]) > 20


def test_an_arrow_to_itself_is_a_loop_beside_its_driver():
    root = drawn(NODES.iloc[:1], pd.DataFrame([edge("aa", "+", 1)]), BANDS, side=670)
    line = points(arrows(root)["aa"][0])
    assert line[0] == (335, 135)
    assert min(y for _, y in line) == pytest.approx(75, abs=1)


def test_an_arrow_looks_as_its_sign_its_weight_and_its_word_say():
    held = arrows(drawn())
    colours = [held[pair][0].get("stroke") for pair in ("ab", "bc", "ca")]
    assert colours == [LIGHT.styles["+"].colour, LIGHT.styles["−"].colour, LIGHT.aside]
    widths = [float(held[pair][0].get("stroke-width")) for pair in ("ab", "bc", "ca")]
    assert widths == [3.2, 1.4, 1.1]
    assert [held[pair][0].get("stroke-dasharray") for pair in held] == ["5 4", None, None]


def test_a_contested_arrow_has_a_diamond_and_one_that_does_not_strengthen_its_sign():
    marks = in_class(drawn(), "mark")
    told = [(mark.find("{*}path") is not None, mark.findtext("{*}text")) for mark in marks]
    assert sorted(told, key=str) == [(False, "±"), (False, "−"), (True, None)]


def test_pointing_at_an_arrow_tells_its_cases_its_words_and_who_speaks_against_it():
    root = drawn(NODES, EDGES, BANDS, QUOTES)
    (one,) = root.xpath("//*[@data-source='a'][@data-target='b']")
    assert said(one) == ["Access", "→ Budget", *SAID_OF_AB]
    (dot,) = (d for d in in_class(root, "dot") if d.get("data-node") == "a")
    assert said(dot) == ["Access", "outer", "16 cases", "“We wait.”"]


def test_the_legends_say_in_words_what_is_drawn_and_nothing_else():
    def legend(root) -> list[str]:
        return root.xpath("//*[@class='legends']/*[name()='text']/text()")

    assert legend(drawn()) == ["Drivers", "outer", "inner", "Links", *ARROWS_IN_LEGEND]
    calm = legend(drawn(NODES, EDGES.iloc[1:2], BANDS))
    assert calm[3:] == ["Links", "weakens", "1–2 cases"]


def test_the_drawing_speaks_the_language_that_it_is_given():
    other = Tongue(lambda text: f"<{text}>", lambda one, more, n: f"<{n}>")
    root = drawn(tongue=other)
    assert "<Drivers>" in root.xpath("//*[@class='legends']/*[name()='text']/text()")
    (one,) = root.xpath("//*[@data-source='a'][@data-target='b']")
    assert said(one)[2:4] == ["<strengthens>: how ab", "<7> · <8> · <1>"]


def test_a_picked_driver_fades_what_does_not_touch_it():
    root = drawn(NODES, pd.DataFrame([edge("ab", "+", 7), edge("ca", "+", 1, against=1)]), BANDS,
                 picked="b")  # fmt: skip
    seen = {pair: float(held[0].getparent().get("opacity")) for pair, held in arrows(root).items()}
    assert seen == {"ca": 0.08, "ab": 0.8}
    circles = {
        d.get("data-node"): d.find("{*}circle").get("opacity") for d in in_class(root, "dot")
    }
    assert circles == {"a": "1", "b": "1", "c": "0.25"}
    inks = {name.get("data-node"): name.get("fill") for name in in_class(root, "name")}
    assert inks == {"a": LIGHT.ink, "b": LIGHT.ink, "c": LIGHT.faint}
    (mark,) = in_class(root, "mark")
    assert [mark[0].get("opacity"), len(mark)] == ["0.15", 1]
    whole = arrows(drawn(picked="gone"))
    assert all(float(held[0].getparent().get("opacity")) > 0.1 for held in whole.values())


CROWD = nodes(*((f"n{n:02}", f"Name {n:02}", "k", 0, 0, 40 + n) for n in range(20)))


def test_of_names_without_room_for_all_those_with_most_cases_have_it():
    root = drawn(CROWD, EDGES, BANDS)
    called = [name.get("data-node") for name in in_class(root, "name")]
    crowded = {name.get("data-node") for name in in_class(root, "crowded")}
    assert 0 < len(crowded) < len(called) == 20
    assert max(crowded) < min({*called} - crowded)
    assert {"".join(name.itertext()) for name in in_class(root, "name")} == set(CROWD["node"])


def test_dark_paper_has_its_own_colours():
    root = drawn(looks=DARK)
    assert in_class(root, "paper")[0].get("fill") == DARK.paper
    assert {name.get("fill") for name in in_class(root, "name")} == {DARK.ink}


def test_columns_single_points_and_nothing_can_be_drawn():
    column = pd.DataFrame([("all", "column", -1.0, 1.0)], columns=list(frames.BANDS))
    bands = in_class(drawn(NODES, EDGES, column), "bands")[0]
    assert [etree.QName(band).localname for band in bands] == ["rect"]
    none = [frames.empty(c) for c in (frames.DRAWN_NODES, frames.DRAWN_EDGES, frames.BANDS)]
    assert in_class(drawn(*none), "dot") == []
    alike = nodes(("a", "A", "k", 0, 0, 0), ("b", "B", "k", 0, 0, 0))
    line = arrows(drawn(alike, pd.DataFrame([edge("ab", "+", 1)]), BANDS))["ab"][0]
    assert all(math.isfinite(x + y) for x, y in points(line))


def test_a_frame_without_places_is_our_mistake():
    with pytest.raises(FrameMismatch, match="lacks x, y"):
        network_svg.drawn(NODES.drop(columns=["x", "y"]), EDGES, BANDS)


def test_no_word_of_a_user_becomes_an_element():
    odd = (
        nodes(("a", HOSTILE, HOSTILE, 0, 1, 2), ('b"><script>', HOSTILE + "2", "k", 0, 0, 1)),
        pd.DataFrame([edge("ab", "−", 1, against=1, relation=HOSTILE, groups=HOSTILE)]),
        BANDS.assign(band=HOSTILE),
        {"qab": HOSTILE, "xab": HOSTILE, "qa": HOSTILE},
    )
    root = drawn(*odd)
    allowed = {"svg", "g", "rect", "circle", "path", "text", "tspan", "title"}
    assert {etree.QName(one).localname for one in root.iter()} <= allowed
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]
    (dot,) = (d for d in in_class(root, "dot") if d.get("data-node") == "a")
    assert said(dot)[0] == HOSTILE
    assert in_class(root, "dot")[1].get("data-node") == 'b"><script>'


def test_a_file_shows_every_name_and_carries_its_evidence_and_manifest(tmp_path: Path):
    path, again = tmp_path / "n.svg", tmp_path / "again.svg"
    about = {"title": "Køer 🙂 \ud800\x07", "note": "Invented.", "manifest": "{}"}
    for file in (path, again):
        network_svg.write(file, NODES, EDGES, BANDS, **about)
    root = etree.fromstring(path.read_bytes())
    held = [(etree.QName(one).localname, one.text) for one in root[:3]]
    assert held == [("title", "Køer 🙂 �␇"), ("desc", "Invented."), ("metadata", "{}")]
    assert len(in_class(root, "name")) == 3
    (one,) = root.xpath("//*[@data-source='a'][@data-target='b']")
    assert (one.get("data-evidence"), one.get("data-against")) == ("qab", "xab")
    assert {d.get("data-node"): d.get("data-evidence") for d in in_class(root, "dot")} == {
        "a": "qa",
        "b": "qb",
        "c": "qc",
    }
    assert path.read_bytes() == again.read_bytes()
    assert "“" not in path.read_text("utf-8")


def test_a_very_long_name_is_cut_where_it_is_pointed_at():
    root = drawn(nodes(("a", "x" * 10_000, "k", 0, 0, 1), ("b", "B", "k", 0, 1, 1)), EDGES, BANDS)
    assert all(
        len(line) <= 162 for title in root.iter("{*}title") for line in title.text.split("\n")
    )


def test_a_file_leaves_no_name_out(tmp_path: Path):
    network_svg.write(tmp_path / "n.svg", CROWD, EDGES, BANDS, title="t")
    root = etree.fromstring((tmp_path / "n.svg").read_bytes())
    assert len(in_class(root, "name")) == 20
    assert in_class(root, "crowded") == []


def test_a_file_is_as_wide_as_its_longest_name_needs(tmp_path: Path):
    tall = nodes(("a", "Unforeseeably-long-name", "k", 0, 0, 9), ("b", "B", "k", 0, 9, 1))
    path = tmp_path / "n.svg"
    network_svg.write(path, tall, EDGES, BANDS.iloc[:0], title="t")
    root = etree.fromstring(path.read_bytes())
    side = float(in_class(root, "plane")[0].get("x"))
    assert side > 0
    (name,) = (n for n in in_class(root, "name") if n.get("data-node") == "a")
    before = {"start": 0, "middle": 0.5, "end": 1}[name.get("text-anchor")]
    wide = 6.1 * len("Unforeseeably-long-name")
    left = side + place(name)[0] + float(name[0][0].get("x")) - before * wide
    assert left >= 0
    assert left + wide <= float(root.get("width"))


LONG = "One and two and three and four and five and six and seven and eight"


def heights(root, name) -> tuple[float, float]:
    """Return where a name begins and ends, in pixels from the top of the whole drawing."""
    lines = [float(line.get("y")) for line in name[0]]
    middle = place(name)[1] + float(in_class(root, "plane")[0].get("y"))
    return middle + lines[0] - 10, middle + lines[-1] + 4


def test_a_name_at_the_edge_of_a_page_goes_where_it_is_not_cut_off():
    root = drawn(nodes(("a", LONG, "k", 0, -3.2, 5), ("b", LONG, "k", 0, 3, 5)), EDGES, BANDS)
    assert in_class(root, "crowded") == []
    high = float(in_class(root, "plane")[0].get("height"))
    for name in in_class(root, "name"):
        top, bottom = heights(root, name)
        assert 0 <= top < bottom <= high


def test_a_file_is_as_high_as_names_at_its_edge_need(tmp_path: Path):
    crowd = nodes(*((f"n{n:02}", f"{n} {LONG}", "k", 0, -3.2, 40 + n) for n in range(20)))
    path = tmp_path / "n.svg"
    network_svg.write(path, crowd, EDGES, BANDS, title="t")
    root = etree.fromstring(path.read_bytes())
    (legend,) = in_class(root, "legends")
    below = float(legend.find("{*}text").get("y")) - 12
    assert float(in_class(root, "plane")[0].get("y")) > 0
    assert all(0 <= top < bottom <= below for top, bottom in
               (heights(root, name) for name in in_class(root, "name")))  # fmt: skip


def test_a_folder_that_is_not_there_leaves_a_sentence(tmp_path: Path):
    with pytest.raises(CannotWrite):
        network_svg.write(tmp_path / "nowhere" / "x.svg", NODES, EDGES, BANDS, title="t")
