"""Excel workbooks: a chart with everything beside it, or one table.

Modules are loaded when they are first used: rows of plain values need not wait for pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbench.formats.xlsx.plain import write_rows
from workbench.formats.xlsx.written import EXCEL, Limits, WrittenBook, WrittenSheet

if TYPE_CHECKING:
    from workbench.formats.xlsx.book import FIGURES, STATES, ChartBook
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
    "write_rows",
    "write_table",
]

_HEAVY = {"FIGURES": "book", "STATES": "book", "ChartBook": "book"} | dict.fromkeys(
    ("write", "write_table"), "workbook"
)


def __getattr__(name: str) -> Any:
    """Load what works on frames when it is first named."""
    if name in _HEAVY:
        return getattr(import_module(f"{__name__}.{_HEAVY[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
