"""Quotes come in the order of their places, however many are asked for at once."""

from pathlib import Path

import builders
import pandas as pd
import pytest

from workbench.project import imports
from workbench.store import frames as stored


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory):
    """A project of two transcripts with more codings than one question to the store names."""
    folder = tmp_path_factory.mktemp("many")
    garden = builders.copy(folder / "garden.fwb")
    places = [
        (text, start, start + length, code)
        for text in ("group", "gardener")
        for start in range(0, 120, 3)
        for length in (5, 9, 14, 20)
        for code in ("1.1", "1.2", "2.1", "2.2")
    ]
    places.sort(key=lambda place: (place[1] * 37 % 101, place))  # as if they were coded anyhow
    lines = [f"{text},{code},{start},{stop}" for text, start, stop, code in places]
    table = Path(folder / "codings.csv")
    table.write_text("\n".join(["transcript,code,start,stop", *lines]), encoding="utf-8")
    imports.import_files(garden.project, [table])
    yield garden.project
    garden.project.close()


@pytest.mark.parametrize("number", [1, 499, 500, 501, 1001, 1280])
def test_some_quotes_stand_in_the_order_in_which_all_of_them_stand(many, number):
    with many.reading() as connection:
        everything = stored.quotes(connection)
        wanted = sorted(everything["coding_id"], key=lambda one: one[::-1])[:number]
        found = stored.quotes(connection, wanted)
    kept = everything.loc[everything["coding_id"].isin(wanted)].reset_index(drop=True)
    assert len(everything) > 1280
    pd.testing.assert_frame_equal(found, kept)


def test_quotes_stand_by_transcript_as_it_came_in_then_by_place(many):
    with many.reading() as connection:
        everything = stored.quotes(connection)
        found = stored.quotes(connection, list(reversed(everything["coding_id"])))
    rank = {"gardener": 0, "group": 1}
    places = [
        (rank[t], s, i)
        for t, s, i in zip(found["transcript"], found["start"], found["coding_id"], strict=True)
    ]
    assert places == sorted(places)
