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


class Study:
    """The tables of a small study; each method adds a row."""

    def __init__(self) -> None:
        self.cells: list[tuple] = []
        self.statements: list[tuple] = []
        self.evidence: list[tuple] = []
        self.codings: list[tuple] = []
        self.acts: list[tuple] = []
        self.finished: list[tuple] = []
        self.spans: list[tuple] = [("a", "va", 0, 100), ("b", "vb", 0, 100)]

    def cell(self, where: str, *, mark="", written=0, reviewed=0, read: str | None = None):
        said = f"hash {where[1]}" if read is None else read
        self.cells.append((where, where[0], where[1], mark, written, reviewed, said))
        return self

    def statement(self, where: str, *cites: tuple[str, bool, int]):
        name = f"s{len(self.statements)}"
        self.statements.append((name, where, where[0], where[1], 1, "summary", "said"))
        self.evidence += [(name, *c) for c in cites]
        return self

    def coding(self, where: str, name: str, made: int, stretches: int = 1):
        for n in range(stretches):
            self.codings.append((name, where[0], where[1], f"v{where[0]}", 9 * n, 9 * n + 5))
        self.acts.append((name, made, made))
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
            table(self.evidence, frames.EVIDENCE),
            table(self.codings, frames.CASE_CODINGS),
            table(self.acts, frames.CODING_ACTS),
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
    study = Study().coding("aw", "k1", 3).finish("va")
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
    study.coding("aw", "k1", 3).coding("at", "k2", 3)
    assert study.at("aw") == ("not asked", "")
    assert study.at("at") == ("indexed, not charted", "")


def test_a_statement_charts_a_cell():
    study = Study().cell("aw", written=5).statement("aw", ("k1", False, 5)).coding("aw", "k1", 5)
    assert study.at("aw") == ("charted", "")


@pytest.mark.parametrize(
    ("cites", "made", "read", "reason"),
    [
        ([("k1", True, 7)], 3, None, "1 coding it cites was withdrawn"),
        ([("k1", True, 7), ("k2", True, 8)], 3, None, "2 codings it cites were withdrawn"),
        ([("k1", False, 7)], 3, None, "1 coding it cites was changed"),
        ([("k1", False, 7), ("k2", False, 7)], 3, None, "2 codings it cites were changed"),
        ([("k1", False, 3)], 3, "old", "the definition of the code changed"),
        ([("k1", False, 3)], 7, None, "1 new coding since"),
        (
            [("k1", True, 6), ("k2", False, 7)],
            9,
            "old",
            "1 coding it cites was withdrawn; 1 coding it cites was changed; "
            "the definition of the code changed; 1 new coding since",
        ),
    ],
)
def test_what_changed_after_the_writing_makes_a_cell_stale(
    cites: list[tuple[str, bool, int]], made: int, read: str | None, reason: str
):
    study = Study().cell("aw", written=5, read=read).statement("aw", *cites)
    study.coding("aw", "k9", made, stretches=3)
    assert study.at("aw") == ("stale", reason)


def test_a_review_accepts_what_was_there_and_nothing_later():
    def study(withdrawn: int, made: int) -> Study:
        given = Study().cell("aw", written=5, reviewed=9).statement("aw", ("k1", True, withdrawn))
        return given.coding("aw", "k2", made)

    assert study(withdrawn=9, made=9).at("aw") == ("reviewed", "")
    assert study(withdrawn=10, made=9).at("aw") == ("stale", "1 coding it cites was withdrawn")
    assert study(withdrawn=9, made=10).at("aw") == ("stale", "1 new coding since")


def test_writing_after_a_review_is_charted_again():
    study = Study().cell("aw", written=12, reviewed=9).statement("aw", ("k1", False, 3))
    assert study.at("aw") == ("charted", "")


def test_a_definition_that_was_not_noted_cannot_have_changed():
    study = Study().cell("aw", written=5, read="").statement("aw", ("k1", False, 3))
    assert study.at("aw") == ("charted", "")


def test_only_statements_go_stale():
    study = Study().cell("aw", mark="not asked", written=5, read="old").coding("aw", "k1", 9)
    assert study.at("aw") == ("not asked", "")


def test_one_coding_cited_by_two_statements_changed_once():
    study = Study().cell("aw", written=5)
    study.statement("aw", ("k1", False, 7)).statement("aw", ("k1", False, 7))
    assert study.at("aw") == ("stale", "1 coding it cites was changed")


def test_cells_of_other_frameworks_and_cases_are_left_alone():
    study = Study().cell("zw", written=5).cell("aq", written=5).statement("zw", ("k1", True, 9))
    study.coding("zw", "k1", 3).coding("aq", "k2", 3)
    assert set(study.result()["state"]) == {"not indexed"}


def test_a_chart_without_cases_or_codes_has_no_cells():
    none = [
        frames.empty(c)
        for c in (
            frames.CELLS,
            frames.STATEMENTS,
            frames.EVIDENCE,
            frames.CASE_CODINGS,
            frames.CODING_ACTS,
            frames.FINISHED,
            frames.SPANS,
        )
    ]
    assert len(states(CASES.head(0), CODES, *none)) == 0
    assert len(states(CASES, CODES.head(0), *none)) == 0


act = st.integers(1, 6)
cell = st.sampled_from(["aw", "at", "bw", "bt"])
written = st.tuples(act, st.integers(0, 6), st.booleans())
cited = st.tuples(cell, st.booleans(), act)


@given(
    st.dictionaries(cell, written),
    st.dictionaries(cell, st.sampled_from(["not asked", "nothing said"])),
    st.lists(cited, max_size=6),
    st.lists(st.tuples(cell, act), max_size=6),
    st.sets(st.sampled_from(["va", "vb"])),
)
def test_states_are_what_the_rules_say(charted, marks, cites, codings, done):
    study = Study()
    for where, (wrote, reviewed, fresh) in charted.items():
        study.cell(where, written=wrote, reviewed=reviewed, read=None if fresh else "old")
        study.statement(where, *((f"e{n}", *c[1:]) for n, c in enumerate(cites) if c[0] == where))
    for where in marks.keys() - charted.keys():
        study.cell(where, mark=marks[where], written=1)
    for n, (where, made) in enumerate(codings):
        study.coding(where, f"k{n}", made)
    for version in done:
        study.finish(version)
    found = {a + c: s for a, c, s, _ in study.result().itertuples(index=False, name=None)}
    for where in ("aw", "at", "bw", "bt"):
        here = [made for place, made in codings if place == where]
        if where in charted:
            wrote, reviewed, fresh = charted[where]
            since = max(wrote, reviewed)
            late = [c for c in cites if c[0] == where and c[2] > since]
            if late or not fresh or any(made > since for made in here):
                assert found[where] == "stale"
            else:
                assert found[where] == ("reviewed" if reviewed >= wrote else "charted")
        elif marks.get(where) == "not asked":
            assert found[where] == "not asked"
        elif here:
            assert found[where] == "indexed, not charted"
        elif where in marks or f"v{where[0]}" in done:
            assert found[where] == "nothing said"
        else:
            assert found[where] == "not indexed"
