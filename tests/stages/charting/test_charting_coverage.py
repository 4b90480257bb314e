"""What is left to chart, and what rests on nothing."""

import pandas as pd

from workbench.model import frames
from workbench.stages.charting.coverage import filling, uncharted, without_evidence

CASES = pd.DataFrame({"case_id": ["b", "a"], "case": ["Bo", "Anne"]}, dtype="str")
CODES = pd.DataFrame({"code_id": ["w", "t"], "code": ["Waiting", "Trust"]}, dtype="str")


def table(rows: list[tuple], columns: frames.Columns) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def test_cells_with_codings_and_no_statement_wait_in_the_order_of_the_chart():
    coded = table(
        [
            ("k1", "a", "t", "v", 0, 5),
            ("k1", "a", "t", "v", 7, 9),
            ("k2", "a", "t", "v", 0, 5),
            ("k3", "a", "w", "v", 0, 5),
            ("k4", "b", "t", "u", 0, 5),
            ("k5", "b", "retired", "u", 0, 5),
        ],
        frames.CASE_CODINGS,
    )
    written = table([("s", "x", "a", "w", 1, "comment", "hm")], frames.STATEMENTS)
    expected = table(
        [("b", "Bo", "t", "Trust", 1, ("k4",)), ("a", "Anne", "t", "Trust", 2, ("k1", "k2"))],
        frames.UNCHARTED,
    )
    pd.testing.assert_frame_equal(uncharted(CASES, CODES, coded, written), expected)


def test_nothing_waits_where_nothing_is_coded():
    found = uncharted(
        CASES, CODES, frames.empty(frames.CASE_CODINGS), frames.empty(frames.STATEMENTS)
    )
    assert len(found) == 0
    assert list(found.columns) == list(frames.UNCHARTED)


def test_summaries_and_verbatims_need_a_live_coding_and_comments_do_not():
    rows = [
        ("s1", "x", "a", "w", 1, "summary", "rests on a live coding"),
        ("s2", "x", "a", "w", 2, "summary", "rests on a withdrawn one"),
        ("s3", "x", "a", "w", 3, "verbatim", "rests on none"),
        ("s4", "x", "a", "w", 4, "comment", "needs none"),
        ("s5", "x", "a", "w", 5, "summary", "rests on one of each"),
    ]
    evidence = table(
        [
            ("s1", "k1", False),
            ("s2", "k2", True),
            ("s5", "k1", False),
            ("s5", "k2", True),
        ],
        frames.EVIDENCE,
    )
    found = without_evidence(table(rows, frames.STATEMENTS), evidence)
    assert found["statement_id"].tolist() == ["s2", "s3"]


def test_cells_are_counted_by_what_they_are():
    states = table(
        [
            ("a", "w", "charted", ""),
            ("b", "w", "stale", "because"),
            ("c", "w", "reviewed", ""),
            ("d", "w", "not asked", ""),
            ("a", "t", "indexed, not charted", ""),
            ("b", "t", "nothing said", ""),
            ("c", "t", "not indexed", ""),
            ("d", "t", "not indexed", ""),
        ],
        frames.CELL_STATES,
    )
    expected = table(
        [("w", "Waiting", 4, 3, 1, 0, 1, 0, 0), ("t", "Trust", 4, 0, 0, 1, 0, 1, 2)],
        frames.FILLING,
    )
    pd.testing.assert_frame_equal(filling(states, CODES), expected)
