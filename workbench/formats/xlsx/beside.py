"""The tables that stand beside a chart: evidence, framework, states."""

from collections.abc import Mapping

import pandas as pd

from workbench.formats.flat import encodable, missing, one_text
from workbench.formats.xlsx.book import ChartBook
from workbench.formats.xlsx.cells import Contents
from workbench.model import chart
from workbench.model.transcript import clock

EVIDENCE_COLUMNS = {
    "coding_id": "Coding",
    "quote": "Quote",
    "transcript": "Transcript",
    "turn": "Turn",
    "time": "Time",
    "page": "Page",
    "speaker": "Speaker",
    "start": "Start",
    "stop": "Stop",
    "code": "Code",
    "cases": "Case",
    "coder": "Coder",
    "framework": "Framework",
}
FRAMEWORK_COLUMNS = {
    "number": "Number",
    "code": "Code",
    "category": "Category",
    "definition": "Definition",
    "use_when": "Use when",
    "not_when": "Not when",
    "example": "Example",
    "origin": "Origin",
    "colour": "Colour",
}


def numbered(number: object, name: object) -> str:
    """Return a code as the heads of columns show it.

    >>> numbered("2.1", "Waiting"), numbered(None, "Waiting")
    ('2.1 Waiting', 'Waiting')
    """
    return f"{one_text(number)} {one_text(name)}".strip()


def evidence(book: ChartBook) -> pd.DataFrame:
    """Return one row a coding: its words, where they stand, its code, cases and coder.

    Where any transcript has times, the time of the turn stands beside its number; likewise
    the page of a PDF.
    """
    shown = book.quotes.assign(
        code=_looked_up(book.quotes["code_id"], _code_names(book)),
        cases=_looked_up(book.quotes["coding_id"], _cases_of(book)),
    )
    if "framework" not in shown:
        shown = shown.assign(framework=encodable(book.framework))
    if "begin_ms" in shown:
        times = ["" if missing(b) else clock(b) for b in shown["begin_ms"].tolist()]
        shown = shown.assign(time=pd.Series(times, index=shown.index, dtype="object"))
    if "page" in shown:
        shown = shown.assign(page=shown["page"].astype("object").where(shown["page"].notna(), ""))
    columns = {k: said for k, said in EVIDENCE_COLUMNS.items() if k in shown}
    return shown[list(columns)].rename(columns=columns)


def _looked_up(ids: pd.Series, names: Mapping[str, str]) -> pd.Series:
    """Return a name for each id; as objects, for pandas refuses half characters as text."""
    return pd.Series([names.get(i, "") for i in ids], index=ids.index, dtype="object")


def _code_names(book: ChartBook) -> dict[str, str]:
    codes = book.codes
    return {
        i: numbered(n, c)
        for i, n, c in zip(codes["code_id"], codes["number"], codes["code"], strict=True)
    }


def _cases_of(book: ChartBook) -> dict[str, str]:
    label = dict(zip(book.cases["case_id"], map(one_text, book.cases["case"]), strict=True))
    found: dict[str, dict[str, None]] = {}
    for coding, case in zip(book.codings["coding_id"], book.codings["case_id"], strict=True):
        if case in label:
            found.setdefault(coding, {})[label[case]] = None
    return {coding: "; ".join(labels) for coding, labels in found.items()}


def framework(book: ChartBook) -> pd.DataFrame:
    """Return one row a code, with all that tells a coder when to use it."""
    return book.codes[list(FRAMEWORK_COLUMNS)].rename(columns=FRAMEWORK_COLUMNS)


def states(book: ChartBook, known: Contents) -> pd.DataFrame:
    """Return one row a case and one column a code, with every cell's state in words."""
    codes = list(book.codes["code_id"])
    rows = [
        [one_text(label), *(_words(known, (case, code)) for code in codes)]
        for case, label in zip(book.cases["case_id"], book.cases["case"], strict=True)
    ]
    heads = ["Case", *map(numbered, book.codes["number"], book.codes["code"])]
    return pd.DataFrame(rows, columns=pd.Index(heads, dtype="object"), dtype="object")


def _words(known: Contents, at: tuple[str, str]) -> str:
    state, _ = known.state(at)
    if state == chart.NOT_CHARTED:
        return f"{state} ({len(known.codings.get(at, ()))})"
    return state
