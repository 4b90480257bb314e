"""One table as the bytes of a file, for a page that hands it out."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from workbench.errors import BadValue
from workbench.formats import csvfile, xlsx

ENDINGS = ("xlsx", "csv")


def as_bytes(frame: pd.DataFrame, ending: str, sheet: str = "Table") -> bytes:
    """Return a frame as an Excel workbook of one sheet, or as comma-separated values.

    Raises:
        BadValue: it is neither “xlsx” nor “csv”.
    """
    if ending not in ENDINGS:
        raise BadValue("The ending of a table's file", ending, ", ".join(ENDINGS))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{ending}"
        if ending == "xlsx":
            xlsx.write_table(frame, path, sheet)
        else:
            csvfile.write(frame, path)
        return path.read_bytes()
