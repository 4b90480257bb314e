import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from workbench.errors import CannotWrite
from workbench.formats import parquet
from workbench.model.evidence_ids import EvidenceIds


def metadata(path: Path) -> object:
    return json.loads(pq.read_metadata(path).metadata[parquet.METADATA_KEY])


def test_columns_keep_their_types_and_lists_stay_lists(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "case": ["P1", None],
            "n": [1, 2],
            "share": [0.5, float("nan")],
            "asked": [True, False],
            "evidence": [("a", "b"), ()],
        }
    )
    assert parquet.write(frame, tmp_path / "t.parquet") == 2
    table = pq.read_table(tmp_path / "t.parquet")
    assert table.to_pydict() == {
        "case": ["P1", None],
        "n": [1, 2],
        "share": [0.5, None],
        "asked": [True, False],
        "evidence": [["a", "b"], []],
    }
    assert str(table.schema.field("n").type) == "int64"


def test_the_evidence_of_a_chart_travels_in_the_metadata(tmp_path: Path) -> None:
    chart = pd.DataFrame({"Waiting": [3]}, index=pd.Index(["P1"], name="case"))
    chart.attrs["evidence"] = EvidenceIds.gather(
        pd.Series(["P1", "P1"]), pd.Series(["Waiting", "Waiting"]), pd.Series(["k1", "k2"])
    )
    chart.attrs["framework"] = "drivers@2"
    parquet.write(chart, tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet").to_pydict() == {"case": ["P1"], "Waiting": [3]}
    assert metadata(tmp_path / "t.parquet") == {
        "evidence": [["P1", "Waiting", ["k1", "k2"]]],
        "framework": "drivers@2",
        "as_text": [],
    }


def test_a_column_of_mixed_kinds_is_text_and_said_to_be(tmp_path: Path) -> None:
    frame = pd.DataFrame({"years": pd.Series([3, "many", None], dtype="object")})
    parquet.write(frame, tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet").to_pydict() == {"years": ["3", "many", None]}
    assert metadata(tmp_path / "t.parquet") == {"as_text": ["years"]}


def test_half_a_character_does_not_stop_the_export(tmp_path: Path) -> None:
    frame = pd.DataFrame({"x": pd.Series(["a\ud800b"], dtype="object")})
    parquet.write(frame, tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet").to_pydict() == {"x": ["a\ufffdb"]}


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        parquet.write(pd.DataFrame({"x": [1]}), tmp_path / "none" / "t.parquet")
