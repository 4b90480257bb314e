"""The map of agreement: what its cells say, and a scale that is seen where the map begins."""

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
