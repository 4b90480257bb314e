"""Charts: what stands in each cell, and the codings behind it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BadValue, UnknownName
from workbench.model import frames
from workbench.stages.charting.chart import FIGURES, VALUES, Values, chart, margins

CASES = pd.DataFrame(
    {
        "case_id": ["a", "b", "c"],
        "case": ["Anne", "Bo", "Cato"],
        "role": ["GP", None, "GP"],
        "years": [12.0, 3.0, None],
    }
)


def codes(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["code_id", "number", "code", "category"])
    frame = frame.reindex(columns=list(frames.CODES), fill_value="")
    return frame.assign(category_id="id of " + frame["category"]).astype(frames.CODES)


CODES = codes(
    ("w", "1.1", "Waiting", "Access"),
    ("t", "1.2", "Trust", "Access"),
    ("o1", "1.3", "Other", "Access"),
    ("o2", "2.1", "Other", "Money"),
)


def case_codings(*rows: tuple[str, str, str, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(frames.CASE_CODINGS))
    return frame.astype(frames.CASE_CODINGS)


CODED = case_codings(
    ("k1", "a", "w", "v1", 0, 10),
    ("k2", "a", "w", "v1", 5, 12),
    ("k3", "a", "t", "v1", 5, 12),
    ("k4", "b", "w", "v2", 0, 4),
    ("k5", "c", "w", "v3", 0, 4),
    ("k5", "c", "w", "v3", 6, 8),
    ("k6", "c", "retired", "v3", 0, 9),
)


def statements(*rows: tuple[str, str, str, int, str, str]) -> pd.DataFrame:
    full = [(s, f"{case}{code}", case, code, *rest) for s, case, code, *rest in rows]
    return pd.DataFrame(full, columns=list(frames.STATEMENTS)).astype(frames.STATEMENTS)


SAID = statements(
    ("s3", "c", "w", 1, "summary", "=Waits\nlittle"),
    ("s2", "a", "w", 2, "verbatim", "two years"),
    ("s1", "a", "w", 1, "summary", "Waited long"),
    ("s4", "b", "t", 1, "comment", "ask again"),
)
RESTS = pd.DataFrame(
    [("s1", "k1", False), ("s2", "k1", False), ("s2", "k2", False), ("s3", "k9", True)],
    columns=list(frames.EVIDENCE),
).astype(frames.EVIDENCE)


def wide(name: str, rows: dict[str, list[object]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return frame.set_axis(pd.Index(frame.index, dtype="str", name=name))


ALL = ["Waiting", "Trust", "1.3 Other", "2.1 Other"]


def test_statements_by_case_tell_the_three_kinds_apart():
    found, evidence = chart(CASES, CODES, CODED, statements=SAID, evidence=RESTS)
    expected = wide(
        "case",
        {
            "Anne": ["Waited long\n“two years”", "", "", ""],
            "Bo": ["", "[comment: ask again]", "", ""],
            "Cato": ["=Waits\nlittle", "", "", ""],
        },
        ALL,
    )
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, check_column_type=False)
    assert evidence == {("Anne", "Waiting"): ("k1", "k2")}


def test_statements_of_a_group_say_whose_they_are():
    found, evidence = chart(CASES, CODES, CODED, statements=SAID, evidence=RESTS, by="role")
    assert found.index.tolist() == ["GP", "(not stated)"]
    assert found.loc["GP", "Waiting"] == (
        "Anne: Waited long\nAnne: “two years”\nCato: =Waits\nlittle"
    )
    assert evidence == {("GP", "Waiting"): ("k1", "k2")}


@pytest.mark.parametrize(
    ("values", "anne", "bo", "cato"),
    [
        ("counts", [2, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]),
        ("cases", [1, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]),
        ("characters", [12, 7, 0, 0], [4, 0, 0, 0], [6, 0, 0, 0]),
    ],
)
def test_figures_by_case(values: Values, anne: list[int], bo: list[int], cato: list[int]):
    found, evidence = chart(CASES, CODES, CODED, values=values)
    expected = wide("case", {"Anne": anne, "Bo": bo, "Cato": cato}, ALL)
    pd.testing.assert_frame_equal(found, expected, check_column_type=False)
    assert evidence == {
        ("Anne", "Waiting"): ("k1", "k2"),
        ("Anne", "Trust"): ("k3",),
        ("Bo", "Waiting"): ("k4",),
        ("Cato", "Waiting"): ("k5",),
    }


@pytest.mark.parametrize(
    ("values", "gp", "other"),
    [("counts", [3, 1], [1, 0]), ("cases", [2, 1], [1, 0]), ("characters", [18, 7], [4, 0])],
)
def test_figures_of_groups_are_taken_over_their_cases(
    values: Values, gp: list[int], other: list[int]
):
    found, evidence = chart(CASES, CODES, CODED, values=values, by="role", category="Access")
    expected = wide("role", {"GP": [*gp, 0], "(not stated)": [*other, 0]}, ALL[:3])
    pd.testing.assert_frame_equal(found, expected, check_column_type=False)
    assert evidence[("GP", "Waiting")] == ("k1", "k2", "k5")


def test_a_coding_that_two_cases_of_a_group_share_counts_once_in_the_group():
    shared = case_codings(("k1", "a", "w", "v1", 0, 10), ("k1", "c", "w", "v1", 10, 15))
    by_case, _ = chart(CASES, CODES, shared, values="counts")
    by_role, evidence = chart(CASES, CODES, shared, values="counts", by="role")
    assert by_case["Waiting"].tolist() == [1, 0, 1]
    assert by_role.loc["GP", "Waiting"] == len(evidence[("GP", "Waiting")]) == 1


def test_states_are_words_by_case_and_counted_words_by_group():
    rows = [
        (case, code, "charted" if (case, code) in {("a", "w"), ("c", "w")} else "not asked", "")
        for case in "abc"
        for code in ["w", "t", "o1", "o2"]
    ]
    rows[4] = ("b", "w", "stale", "the definition of the code changed")
    states = pd.DataFrame(rows, columns=list(frames.CELL_STATES)).astype(frames.CELL_STATES)
    found, evidence = chart(CASES, CODES, CODED, states=states, values="states")
    assert found["Waiting"].tolist() == ["charted", "stale", "charted"]
    assert found["Trust"].tolist() == ["not asked"] * 3
    assert evidence[("Bo", "Waiting")] == ("k4",)
    cases = CASES.assign(all="x")
    grouped, _ = chart(cases, CODES, CODED, states=states, values="states", by="all")
    assert grouped["Waiting"].tolist() == ["2 charted, 1 stale"]
    assert grouped["Trust"].tolist() == ["3 not asked"]


def test_groups_stand_in_the_order_of_their_values():
    found, _ = chart(CASES, CODES, CODED, values="counts", by="years")
    assert found.index.tolist() == ["3", "12", "(not stated)"]
    cases = CASES.assign(remote=[True, False, None], town=["å", "Z", " "])
    by = {a: chart(cases, CODES, CODED, values="cases", by=a)[0].index for a in ("remote", "town")}
    assert by["remote"].tolist() == ["no", "yes", "(not stated)"]
    assert by["town"].tolist() == ["Z", "å", "(not stated)"]


def test_labels_are_never_shared():
    cases = CASES.assign(case=["Anne", "Anne", "Anne (2)"])
    twins = codes(("x", "1", "Pain", "A"), ("y", "1", "Pain", "A"), ("z", "2", "case", "A"))
    coded = case_codings(("k1", "b", "y", "v", 0, 4))
    found, evidence = chart(cases, twins, coded, values="counts")
    assert found.columns.tolist() == ["1 Pain", "1 Pain (2)", "2 case"]
    assert found.index.tolist() == ["Anne", "Anne (3)", "Anne (2)"]
    assert evidence == {("Anne (3)", "1 Pain (2)"): ("k1",)}
    assert found.loc["Anne (3)", "1 Pain (2)"] == 1


def test_a_code_keeps_its_column_name_in_the_chart_of_one_category():
    found, _ = chart(CASES, CODES, CODED, values="counts", category="id of Money")
    assert found.columns.tolist() == ["2.1 Other"]
    assert found["2.1 Other"].tolist() == [0, 0, 0]


def test_unknown_attributes_categories_and_values_are_named():
    with pytest.raises(UnknownName, match=r"rolle.*Did you mean “role”"):
        chart(CASES, CODES, CODED, values="counts", by="rolle")
    with pytest.raises(UnknownName, match=r"Acess.*Did you mean “Access”"):
        chart(CASES, CODES, CODED, values="counts", category="Acess")
    with pytest.raises(BadValue, match="statements, counts, cases, characters, states"):
        chart(CASES, CODES, CODED, values="colours")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(BadValue, match="counts, cases, characters"):
        margins(CASES, CODES, CODED, values="statements")


@pytest.mark.parametrize("values", VALUES)
def test_a_chart_of_nothing_still_has_its_rows_and_columns(values: Values):
    none = frames.empty(frames.CASE_CODINGS)
    found, evidence = chart(CASES, CODES, none, values=values)
    assert found.shape == (3, 4)
    assert len(evidence) == 0
    for cases, framework in ((CASES.head(0), CODES), (CASES, CODES.head(0))):
        found, _ = chart(cases, framework, CODED, values=values)
        assert found.shape == (len(cases), len(framework))


def test_totals_by_hand():
    found = margins(CASES, CODES, CODED, values="cases")
    assert found.rows.to_dict() == {"Anne": 1, "Bo": 1, "Cato": 1}
    assert found.columns.to_dict() == {"Waiting": 3, "Trust": 1, "1.3 Other": 0, "2.1 Other": 0}
    assert found.total == 3
    assert margins(CASES, CODES, CODED, values="counts").total == 5
    characters = margins(CASES, CODES, CODED, values="characters")
    assert characters.rows.to_dict() == {"Anne": 12, "Bo": 4, "Cato": 6}
    assert characters.columns.tolist() == [22, 7, 0, 0]
    assert characters.total == 22


drawn = st.lists(
    st.tuples(
        st.integers(0, 6),  # coding: its document and code follow from it
        st.sampled_from("abc"),
        st.integers(0, 12),
        st.integers(1, 6),
    ),
    max_size=14,
)


def recount(values: Values, ids: set[str], cases: set[str], coded: pd.DataFrame) -> int:
    """Count a figure anew from the coding ids of its evidence and the cases of its row."""
    rows = coded[coded["coding_id"].isin(ids) & coded["case_id"].isin(cases)]
    if values == "counts":
        return len(ids)
    if values == "cases":
        return len(set(rows["case_id"]))
    places = zip(rows["transcript_version_id"], rows["start"], rows["stop"], strict=True)
    return len({(v, at) for v, a, b in places for at in range(a, b)})


@given(drawn, st.sampled_from(FIGURES), st.sampled_from(["case", "role"]))
def test_every_number_is_what_its_evidence_recounts_to(
    rows: list[tuple[int, str, int, int]], values: Values, by: str
):
    coded = case_codings(
        *((f"k{k}", case, "wt"[k % 2], f"v{k % 3}", a, a + b) for k, case, a, b in rows)
    )
    group = CASES["case"] if by == "case" else CASES["role"].fillna("(not stated)")
    members = {label: set(CASES["case_id"][group == label]) for label in group}
    found, evidence = chart(CASES, CODES, coded, values=values, by=by)
    totals = margins(CASES, CODES, coded, values=values, by=by)
    everyone, everything = set(CASES["case_id"]), set[str]()
    in_row: dict[str, set[str]] = {label: set() for label in found.index}
    in_column: dict[str, set[str]] = {label: set() for label in found.columns}
    for row in found.index:
        for column in found.columns:
            ids = set(evidence.get((row, column), ()))
            assert found.loc[row, column] == recount(values, ids, members[row], coded)
            in_row[row] |= ids
            in_column[column] |= ids
            everything |= ids
    assert everything == set(coded["coding_id"])
    assert totals.total == recount(values, everything, everyone, coded)
    for row, ids in in_row.items():
        assert totals.rows[row] == recount(values, ids, members[row], coded)
    for column, ids in in_column.items():
        assert totals.columns[column] == recount(values, ids, everyone, coded)
