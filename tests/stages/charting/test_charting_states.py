"""The kinds of silence: every rule by hand, and the whole against a plain reading of them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.model import frames
from workbench.stages.charting.states import states

CASES = pd.DataFrame({"case_id": ["a", "b"], "case": ["Anne", "Bo"]}, dtype="str")
CODES = (
    frames.empty(frames.CODES)
    .reindex([0, 1])
    .fillna("")
    .assign(code_id=["w", "t"], code=["Waiting", "Trust"], definition_hash=["hash w", "hash t"])
)

CELLS = ("aw", "at", "bw", "bt")


class Study:
    """The tables of a small study; each method adds a row."""

    def __init__(self) -> None:
        self.cells: list[tuple] = []
        self.statements: list[tuple] = []
        self.codings: list[tuple] = []
        self.finished: list[tuple] = []
        self.spans: list[tuple] = [("a", "va", 0, 100), ("b", "vb", 0, 100)]

    def cell(self, where: str, *, mark="", written=0, reviewed=0, read: str | None = None, seen=""):
        said = f"hash {where[1]}" if read is None else read
        self.cells.append((where, where[0], where[1], mark, written, reviewed, said, seen))
        return self

    def statement(self, where: str, kind: str = "summary"):
        name = f"s{len(self.statements)}"
        self.statements.append((name, where, where[0], where[1], 1, kind, "said"))
        return self

    def coding(self, where: str, name: str, *stretches: tuple[int, int]):
        for start, stop in stretches or ((0, 5),):
            self.codings.append((name, where[0], where[1], f"v{where[0]}", start, stop))
        return self

    def finish(self, version: str, run: str = "run"):
        self.finished.append((run, version))
        return self

    def result(self) -> pd.DataFrame:
        def table(rows: list[tuple], columns: frames.Columns) -> pd.DataFrame:
            return pd.DataFrame(rows, columns=list(columns)).astype(columns)

        return states(
            CASES,
            CODES,
            table(self.cells, frames.CELLS),
            table(self.statements, frames.STATEMENTS),
            table(self.codings, frames.CASE_CODINGS),
            table(self.finished, frames.FINISHED),
            table(self.spans, frames.SPANS),
        )

    def at(self, where: str) -> tuple[str, str]:
        rows = self.result().set_index(["case_id", "code_id"])
        state, reason = rows.loc[(where[0], where[1])]
        return state, reason


def test_every_cell_of_the_chart_is_there_case_by_case():
    found = Study().result()
    expected = pd.DataFrame(
        [(a, c, "not indexed", "") for a in "ab" for c in "wt"], columns=list(frames.CELL_STATES)
    ).astype(frames.CELL_STATES)
    pd.testing.assert_frame_equal(found, expected)


def test_codings_without_a_statement_wait_to_be_charted():
    study = Study().coding("aw", "k1").finish("va")
    assert study.at("aw") == ("indexed, not charted", "")
    assert study.at("at") == ("nothing said", "")
    assert study.at("bt") == ("not indexed", "")


def test_silence_means_something_once_every_text_of_the_case_is_finished():
    study = Study().finish("va", "first").finish("va", "second")
    study.spans.append(("a", "va2", 0, 50))
    assert study.at("aw") == ("not indexed", "")
    assert study.finish("va2").at("aw") == ("nothing said", "")


def test_a_case_without_any_text_was_never_looked_at():
    study = Study().finish("vb")
    study.spans = [("b", "vb", 0, 100)]
    assert study.at("aw") == ("not indexed", "")
    assert study.at("bw") == ("nothing said", "")


def test_marks_say_what_the_texts_cannot():
    study = Study().cell("aw", mark="not asked").cell("at", mark="nothing said").finish("va")
    assert study.at("aw") == ("not asked", "")
    assert study.at("at") == ("nothing said", "")
    study.coding("aw", "k1").coding("at", "k2")
    assert study.at("aw") == ("not asked", "")
    assert study.at("at") == ("indexed, not charted", "")


def test_a_statement_charts_a_cell():
    study = Study().cell("aw", written=5, seen="k1:0:5").statement("aw").coding("aw", "k1")
    assert study.at("aw") == ("charted", "")


def test_a_comment_is_the_analysts_and_charts_nothing():
    study = Study().cell("aw", mark="not asked").statement("aw", "comment")
    assert study.at("aw") == ("not asked", "")
    assert study.cell("at").statement("at", "comment").coding("at", "k1").at("at") == (
        "indexed, not charted",
        "",
    )


@pytest.mark.parametrize(
    ("seen", "read", "there", "reason"),
    [
        ("k1:0:5", None, {}, "1 coding it was written from is gone"),
        ("k1:0:5 k2:7:9", None, {}, "2 codings it was written from are gone"),
        ("k1:0:5", None, {"k1": (0, 6)}, "1 coding it was written from changed"),
        (
            "k1:0:5 k2:7:9",
            None,
            {"k1": (1, 5), "k2": (7, 8)},
            "2 codings it was written from changed",
        ),
        ("k1:0:5", "old", {"k1": (0, 5)}, "the definition of the code changed"),
        ("k1:0:5", None, {"k1": (0, 5), "k2": (7, 9)}, "1 new coding since"),
        ("", None, {"k1": (0, 5), "k2": (7, 9)}, "2 new codings since"),
        (
            "k1:0:5 k2:7:9",
            "old",
            {"k2": (7, 8), "k3": (2, 3)},
            "1 coding it was written from is gone; 1 coding it was written from changed; "
            "the definition of the code changed; 1 new coding since",
        ),
    ],
)
def test_what_is_not_as_it_was_written_from_makes_a_cell_stale(
    seen: str, read: str | None, there: dict[str, tuple[int, int]], reason: str
):
    study = Study().cell("aw", written=5, read=read, seen=seen).statement("aw")
    for name, place in there.items():
        study.coding("aw", name, place)
    assert study.at("aw") == ("stale", reason)


def test_a_coding_in_several_stretches_of_the_case_is_one_from_the_first_to_the_last():
    study = Study().cell("aw", written=5, seen="k1:0:50").statement("aw")
    assert study.coding("aw", "k1", (0, 5), (20, 50)).at("aw") == ("charted", "")
    study.codings[-1] = (*study.codings[-1][:-1], 49)
    assert study.at("aw") == ("stale", "1 coding it was written from changed")


def test_a_seen_coding_of_another_code_of_the_case_is_still_there():
    study = Study().cell("aw", written=5, seen="k1:0:5 k2:7:9").statement("aw")
    study.coding("aw", "k1").coding("at", "k2", (7, 9))
    assert study.at("aw") == ("charted", "")
    study.codings[-1] = ("k2", "b", "t", "vb", 7, 9)
    assert study.at("aw") == ("stale", "1 coding it was written from is gone")


def test_a_seen_coding_that_got_another_code_changed():
    study = Study().cell("aw", written=5, seen="k1:0:5:w k2:7:9:t").statement("aw")
    study.coding("aw", "k1").coding("at", "k2", (7, 9))
    assert study.at("aw") == ("charted", "")
    study.codings[0] = ("k1", "a", "t", "va", 0, 5)
    assert study.at("aw") == ("stale", "1 coding it was written from changed")


def test_a_review_counts_until_somebody_writes_again():
    def at(written: int, reviewed: int) -> tuple[str, str]:
        given = Study().cell("aw", written=written, reviewed=reviewed, seen="k1:0:5")
        return given.statement("aw").coding("aw", "k1").at("aw")

    assert at(written=5, reviewed=9) == ("reviewed", "")
    assert at(written=12, reviewed=9) == ("charted", "")


def test_what_changed_after_a_review_is_stale():
    study = Study().cell("aw", written=5, reviewed=9, seen="k1:0:5").statement("aw")
    assert study.at("aw") == ("stale", "1 coding it was written from is gone")


def test_a_definition_that_was_not_noted_cannot_have_changed():
    study = Study().cell("aw", written=5, read="", seen="k1:0:5").statement("aw")
    assert study.coding("aw", "k1").at("aw") == ("charted", "")


def test_only_statements_go_stale():
    study = Study().cell("aw", mark="not asked", written=5, read="old").coding("aw", "k1")
    assert study.at("aw") == ("not asked", "")


def test_two_statements_of_a_cell_are_stale_once():
    study = Study().cell("aw", written=5, seen="k1:0:5").statement("aw").statement("aw")
    assert study.at("aw") == ("stale", "1 coding it was written from is gone")


def test_cells_of_other_frameworks_and_cases_are_left_alone():
    study = Study().cell("zw", written=5).cell("aq", written=5).statement("zw").statement("aq")
    study.coding("zw", "k1").coding("aq", "k2")
    assert set(study.result()["state"]) == {"not indexed"}


def test_a_chart_without_cases_or_codes_has_no_cells():
    none = [
        frames.empty(c)
        for c in (
            frames.CELLS,
            frames.STATEMENTS,
            frames.CASE_CODINGS,
            frames.FINISHED,
            frames.SPANS,
        )
    ]
    assert len(states(CASES.head(0), CODES, *none)) == 0
    assert len(states(CASES, CODES.head(0), *none)) == 0


cell = st.sampled_from(["aw", "at", "bw", "bt"])
written = st.tuples(st.integers(1, 6), st.integers(0, 6), st.booleans())
codings = st.dictionaries(
    st.tuples(cell, st.sampled_from(["k1", "k2", "k3"])), st.sampled_from([(0, 5), (2, 5)])
)


@given(
    st.dictionaries(cell, written),
    st.dictionaries(cell, st.sampled_from(["not asked", "nothing said"])),
    codings,
    codings,
    st.sets(st.sampled_from(["va", "vb"])),
)
def test_states_are_what_the_rules_say(charted, marks, then, now, done):
    study = Study()
    there = {where: {(w + k, p) for (w, k), p in now.items() if w == where} for where in CELLS}
    was = {where: {(w + k, p) for (w, k), p in then.items() if w == where} for where in CELLS}
    for where, (wrote, reviewed, fresh) in charted.items():
        seen = " ".join(f"{k}:{a}:{b}" for k, (a, b) in sorted(was[where]))
        read = None if fresh else "old"
        study.cell(where, written=wrote, reviewed=reviewed, read=read, seen=seen).statement(where)
    for where in marks.keys() - charted.keys():
        study.cell(where, mark=marks[where], written=1)
    for where, place in ((w, p) for w in CELLS for p in there[w]):
        study.coding(where, place[0], place[1])
    for version in done:
        study.finish(version)
    found = {a + c: s for a, c, s, _ in study.result().itertuples(index=False, name=None)}
    for where in CELLS:
        if where in charted:
            wrote, reviewed, fresh = charted[where]
            if there[where] != was[where] or not fresh:
                assert found[where] == "stale"
            else:
                assert found[where] == ("reviewed" if reviewed >= wrote else "charted")
        elif marks.get(where) == "not asked":
            assert found[where] == "not asked"
        elif there[where]:
            assert found[where] == "indexed, not charted"
        elif where in marks or f"v{where[0]}" in done:
            assert found[where] == "nothing said"
        else:
            assert found[where] == "not indexed"
