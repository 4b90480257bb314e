"""Excel workbooks: a chart with everything beside it, or one table."""

from workbench.formats.xlsx.book import (
    EXCEL,
    FIGURES,
    STATES,
    ChartBook,
    Limits,
    WrittenBook,
    WrittenSheet,
)
from workbench.formats.xlsx.workbook import write, write_table

__all__ = [
    "EXCEL",
    "FIGURES",
    "STATES",
    "ChartBook",
    "Limits",
    "WrittenBook",
    "WrittenSheet",
    "write",
    "write_table",
]
