"""Texts and codings as plain rows are those that the frames have, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager

import builders
import pandas as pd
import pytest
import sqlalchemy as sa

from workbench.project import edits, lists, views
from workbench.store import frames as stored
from workbench.store import passages, schema


@pytest.fixture
def garden(anywhere: builders.Garden) -> builders.Garden:
    """The project in a file, then in a database of a server."""
    return anywhere


@contextmanager
def asked(project) -> Iterator[list[str]]:
    """Collect what is asked of the database."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        said.append(statement)

    engine = project.store.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def test_coded_passages_are_the_quotes_in_their_order(garden):
    edits.withdraw_coding(garden.project, garden.codings["july"])
    with garden.project.reading() as connection:
        quotes = stored.quotes(connection)
        found = list(passages.coded(connection, [v["id"] for v in every_version(connection)]))
    rows = [p._asdict() for p in found]
    assert len(rows) == len(garden.codings) - 1
    plain = pd.DataFrame(rows)[list(quotes)].astype(dict(quotes.dtypes))
    pd.testing.assert_frame_equal(plain, quotes)


def every_version(connection):
    return connection.execute(schema.framework_version.select()).mappings().all()


def test_codings_of_another_framework_are_left_out(garden):
    with garden.project.reading() as connection:
        assert list(passages.coded(connection, [])) == []


def test_a_passage_says_in_which_turn_it_starts_and_who_speaks(garden):
    with garden.project.reading() as connection:
        of = {p.coding_id: p for p in lists_of(connection)}
    held = of[garden.codings["tools"]]
    assert (held.transcript, held.turn, held.speaker) == ("group", 6, "Bo")
    assert held.quote == "Tools are lent and come back late."


def lists_of(connection):
    return passages.coded(connection, [v["id"] for v in every_version(connection)])


def test_before_the_first_turn_there_is_no_turn_and_no_speaker():
    turns = passages.Turns('[["Ana", 5, 10, 20, null, null], [null, 21, 21, 30, null, null]]')
    assert [turns.at(n) for n in (0, 4, 5, 20, 21, 99)] == [
        (None, ""),
        (None, ""),
        (1, "Ana"),
        (1, "Ana"),
        (2, ""),
        (2, ""),
    ]


def test_texts_come_in_blocks_and_none_is_forgotten(garden, monkeypatch):
    monkeypatch.setattr(passages, "_TEXTS_AT_ONCE", 1)
    with garden.project.reading() as connection:
        found = dict(passages.current_texts(connection))
        held = stored.texts(connection)
        turns = dict(passages.turns(connection, found))
    assert found == dict(zip(held["transcript_version_id"], held["text"], strict=True))
    assert set(turns) == set(found)


def test_the_list_of_codings_asks_two_questions_a_transcript(garden):
    with asked(garden.project) as said, garden.project.reading() as connection:
        list(passages.coded(connection, [v["id"] for v in every_version(connection)]))
    of_codings = [s for s in said if "FROM coding" in s]
    of_turns = [s for s in said if "transcript_version.turns" in s]
    assert (len(of_codings), len(of_turns)) == (2, 2)


def test_codings_for_figures_are_the_codings(garden):
    edits.code(garden.project, "gardener", 3, 9, "1.1", coder="zoe")
    edits.code(garden.project, "group", 3, 9, "1.1", coder="bo")
    with garden.project.reading() as connection:
        runs = connection.execute(sa.select(schema.run.c.id)).scalars().all()
        whole = stored.codings(connection, runs=runs)
        counted = stored.counted_codings(connection, runs)
    columns = ["transcript_version_id", "code_id", "coder", "start", "stop"]
    plain = counted[columns].astype(dict(whole[columns].dtypes))
    assert len(plain) == len(garden.codings) + 2
    pd.testing.assert_frame_equal(in_order(plain), in_order(whole[columns]))
    assert counted["coding_id"].is_unique
    with garden.project.reading() as connection:
        assert len(stored.counted_codings(connection, [])) == 0
        coder_of = {p.coding_id: p.coder for p in lists_of(connection)}
    assert dict(zip(whole["coding_id"], whole["coder"], strict=True)) == coder_of
    assert sorted(coder_of.values())[-2:] == ["bo", "zoe"]


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(list(frame), ignore_index=True)


def test_figures_need_one_reading_of_the_codings(garden):
    for figures in (views.frequencies, views.co_occurrence):
        with asked(garden.project) as said:
            figures(garden.project)
        assert len([s for s in said if "FROM coding" in s and "LIMIT" not in s]) == 1


def test_a_search_stops_at_the_most_and_places_every_hit(garden):
    found = views.search(garden.project, "rain")
    assert found[["transcript", "turn", "speaker", "match"]].values.tolist() == [
        ["gardener", 4.0, "P1", "Rain"],
        ["group", 4.0, "Anna", "Rain"],
    ]
    for most, many in ((1, 1), (0, 0), (-1, 0), (9, 2)):
        assert len(views.search(garden.project, "rain", most=most)) == many
    nothing = views.search(garden.project, "snow")
    assert dict(nothing.dtypes.astype(str)) == views.HITS == dict(found.dtypes.astype(str))


def test_the_list_has_the_columns_that_it_says(garden):
    frame = views.codings(garden.project)
    assert dict(frame.dtypes.astype(str)) == lists.CODINGS
    named = frame.set_index("coding_id").loc[garden.codings["rain"]]
    assert named[["number", "code", "framework", "run"]].tolist() == [
        "1.2",
        "Barriers",
        "garden@1",
        "first",
    ]


def test_what_is_bulky_stands_last_in_its_table(garden):
    with garden.project.reading() as connection:
        look = sa.inspect(connection)
        held = {t: [c["name"] for c in look.get_columns(t)] for t in schema.BULKY}
    for table, names in held.items():
        assert set(names[-len(schema.BULKY[table]) :]) == set(schema.BULKY[table])


def test_to_undo_one_coding_no_other_coding_is_looked_at(tmp_path):
    garden = builders.copy(tmp_path / "study.fwb")
    project = garden.project
    edits.code(project, "group", 0, 9, "1.1")
    said = []
    sa.event.listen(
        project.store.engine,
        "before_cursor_execute",
        lambda _c, _cur, statement, values, *_: said.append((statement, values)),
    )
    project.undo()
    asked_for = [(s, v) for s, v in said if s.startswith(("SELECT", "UPDATE"))]
    with project.reading() as connection:
        plans = [
            str(step[3])
            for statement, values in asked_for
            for one in (values if isinstance(values, list) else [values])
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", one)
        ]
    project.close()
    assert len(plans) > 20
    assert [plan for plan in plans if plan.startswith("SCAN coding")] == []
