"""The map of agreement: what its cells say, and a scale that is seen where the map begins."""

from itertools import pairwise

import pytest

from workbench.formats.agreement_figure import LIGHT, Told, heat

PAIR = ("anna", "bo")


def drawn(*values: float):
    cells = [[Told(value, f"{value:.3f}")] for value in values]
    return heat([f"code {n}" for n in range(len(values))], [PAIR], cells, LIGHT)


def test_a_number_next_to_nothing_has_no_sign():
    marks = drawn(-0.004, 0.0, -0.006, 1.0, float("nan")).data[1]
    assert list(marks.texttemplate) == ["0.00", "0.00", "-0.01", "1.00", ""]
    assert marks.hovertext[0] == "-0.004"


@pytest.mark.parametrize(("codes", "long"), [(5, 120), (100, 320)])
def test_the_scale_is_as_long_as_the_map_or_as_a_hand_and_stands_above(codes, long):
    scale = drawn(*[0.5] * codes).data[0].colorbar
    assert (scale.lenmode, scale.len, scale.y, scale.yanchor) == ("pixels", long, 1, "top")


def test_a_long_map_names_its_pairs_above_each_part():
    figure = drawn(*[n / 100 for n in range(100)])
    layout, colours, marks = figure.layout, figure.data[::2], figure.data[1::2]
    heads = [axis.ticktext for axis in figure.select_xaxes()]
    assert heads == [("anna<br>bo",)] * 4
    assert [axis.side for axis in figure.select_xaxes()] == ["top"] * 4
    # each row stands once, below its own head: with its colour, its mark and its name
    assert [tuple(y) for one in marks for y in one.customdata] == [(n, 0) for n in range(100)]
    assert [v for one in colours for v in one.z] == [[n / 100] for n in range(100)]
    assert [one.yaxis for one in colours] == [one.yaxis for one in marks] == ["y", "y2", "y3", "y4"]
    named = [name for axis in figure.select_yaxes() for name in axis.ticktext]
    assert named == [f"code {n}" for n in range(100)]
    # a colour says the same in all parts, and one scale says what
    assert {(one.zmin, one.zmax) for one in colours} == {(0.0, 1.0)}
    assert [one.showscale for one in colours] == [True, False, False, False]
    # by hand: 25 rows of 24 in each part, and 60 for a name of the pairs above all but the first
    inside = layout.height - layout.margin.t - layout.margin.b
    assert inside == 4 * 25 * 24 + 3 * 60
    ends = [axis.domain for axis in figure.select_yaxes()]
    assert [round((high - low) * inside, 6) for low, high in ends] == [600] * 4
    gaps = [above[0] - below[1] for above, below in pairwise(ends)]
    assert [round(gap * inside, 6) for gap in gaps] == [60] * 3
    assert (ends[0][1], round(ends[-1][0], 9)) == (1, 0)


def test_a_map_that_fits_a_window_is_whole():
    assert [len(list(drawn(*[0.5] * n).select_xaxes())) for n in (1, 30, 31)] == [1, 1, 2]
