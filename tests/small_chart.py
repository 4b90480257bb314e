"""The chart of three people and two codes, for tests of workbooks that come back."""

import datetime
from typing import Any

import pandas as pd

from workbench.formats import xlsx
from workbench.model import frames
from workbench.model.chart_file import Origin

CASES = {"k1": "Kari", "k2": "Ola", "k3": "Mona"}
STATEMENTS = [
    ("s1", "k1", "c1", 1, "summary", "Comes for the quiet."),
    ("s2", "k1", "c1", 2, "verbatim", "The quiet."),
    ("s3", "k1", "c1", 3, "comment", "Looks away."),
    ("s4", "k2", "c2", 1, "summary", "The gate is locked."),
]
ORIGIN = Origin("project", "act", "version")
LONG = "\n".join(f"Line {n} of many, as long as a line may be." for n in range(80))


def chart(statements: list[tuple[Any, ...]] = STATEMENTS) -> xlsx.ChartBook:
    codes = pd.DataFrame(dict.fromkeys(frames.CODES, ""), index=range(2)).assign(
        code_id=["c1", "c2"], number=["1", "2"], code=["Quiet", "Gates"], category="Garden"
    )
    columns = ["statement_id", "case_id", "code_id", "position", "kind", "text"]
    return xlsx.ChartBook(
        title="Garden",
        framework="garden@1",
        framework_hash="hash",
        codes=codes,
        cases=pd.DataFrame({"case_id": list(CASES), "case": list(CASES.values())}),
        made=datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC),
        statements=pd.DataFrame(statements, columns=columns, dtype="object").assign(
            cell_id="", position=lambda f: f["position"].astype("int64")
        ),
        states=pd.DataFrame(
            [("k3", "c1", "not asked", "")], columns=["case_id", "code_id", "state", "reason"]
        ),
        origin=ORIGIN,
    )
