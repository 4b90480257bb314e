"""Tables that are written are read again as they were."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats import study_writing, tables
from workbench.formats.tables import KINDS, Kind
from workbench.model.published import PublishedCell

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=20
)


def read(folder: Path, kind: Kind) -> list[dict[str, str]]:
    return [dict(row.values) for row in tables.read(folder / f"{kind}.csv", kind).rows]


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_table_comes_back_as_the_readers_say(
    kind: Kind, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("t")
    known = tables.COLUMNS[kind].known
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(known, TEXTS)), max_size=4))
    rows = [row for row in rows if any(said.strip() for said in row.values())]
    study_writing.write(folder, {f"{kind}.csv": study_writing.table_text(kind, rows, every=True)})
    assert read(folder, kind) == rows


def test_columns_that_nothing_uses_are_left_out_but_for_those_that_are_needed() -> None:
    rows = [{"case": "Ola", "code": "1", "kind": "comment", "text": "a;b", "ref": "s1"}]
    assert study_writing.table_text("statements", rows) == (
        "ref,case,code,kind,text\ns1,Ola,1,comment,a;b\n"
    )
    assert study_writing.columns("codings") == ["transcript", "code", "quote"]
    assert study_writing.columns("codings", every=True)[0] == "ref"


def test_printed_cells_say_of_what_they_are() -> None:
    cell = PublishedCell(
        "a",
        "t",
        "r",
        "c",
        "1",
        "cases",
        (("group", "GP; nurse"), ("sex", "woman")),
        register=("X1", "X2"),
    )
    assert study_writing.published_text([cell]) == (
        "cell,row,column,value,figure,of,register\n"
        "a,r,c,1,cases,group=GP;; nurse; sex=woman,X1; X2\n"
    )


@pytest.mark.parametrize(
    ("kind", "row", "why"),
    [
        ("memos", {"kind": "analytic", "text": "x"}, ""),
        ("memos", {"kind": "analytic", "text": " "}, "line 2, column text: this must not be empty"),
        ("decisions", {"coding": "c1", "outcome": "kept", "reason": ""}, "line 2, column reason"),
        ("memos", {"kind": "analytic", "text": "x" * 140_000}, "a field has more than 131,072"),
    ],
)
def test_a_row_that_no_reader_takes_is_known_beforehand(
    kind: Kind, row: dict[str, str], why: str
) -> None:
    said = study_writing.problem(kind, row)
    assert said.startswith(why)
    assert bool(said) is bool(why)
