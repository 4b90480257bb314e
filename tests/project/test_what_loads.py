"""What needs no figures does without pandas, which takes more memory than all the rest."""

import subprocess
import sys
from pathlib import Path

import builders

from workbench.project import lists, views

HEAVY = ("pandas", "numpy", "pyarrow", "openpyxl", "networkx", "plotly", "alembic")

IMPORT_AND_EDIT = """
import sys
from pathlib import Path
import workbench
from workbench import edits

folder = Path(sys.argv[1])
with workbench.create(folder / "a.fwb", who="anna") as p:
    p.import_files(folder / "gardener.txt", folder / "group.txt", folder / "garden.csv")
    p.undo()
    p.redo()
with workbench.open(folder / "a.fwb", who="anna") as p:
    assert len(p.history()) == 4
"""
CODE_AND_LIST = """
import sys
from pathlib import Path
import workbench
from workbench import edits

folder = Path(sys.argv[1])
with workbench.open(folder / "built.fwb", who="anna") as p:
    edits.code(p, "gardener", 3, 9, "1.1")
    edits.code_quote(p, "group", "come back late", "2.2")
    p.undo()
    p.export(folder / "c.csv", folder / "c.xlsx", what="codings")
"""
FIRST_PAGE = """
import sys
from pathlib import Path
import workbench
from workbench.project import lists
from workbench.store import passages

with workbench.open(Path(sys.argv[1]) / "built.fwb", who="anna") as p:
    p.history(newest=10)
    with p.reading() as connection:
        lists.settings(connection)
        assert lists.frameworks(connection)
        assert passages.transcripts(connection)
"""

CELL = """
import sys
from pathlib import Path
import workbench
from workbench.project import cell_page

with workbench.open(Path(sys.argv[1]) / "built.fwb", who="anna") as p:
    shown = cell_page.cell_page(p, "garden@1", "gardener", "1.2")
    assert shown.statements and shown.codings
    assert cell_page.places(p, [s.statement_id for s in shown.statements])
    assert cell_page.quoted(p, [c.coding_id for c in shown.codings])
"""


def loaded(code: str, folder: Path) -> list[str]:
    """Return which heavy packages some Python has loaded when it is done."""
    told = f"{code}\nprint(*(m for m in {HEAVY!r} if m in sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", told, str(folder)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def test_to_import_and_undo_loads_nothing_heavy(tmp_path: Path):
    (tmp_path / "gardener.txt").write_text(builders.GARDENER, encoding="utf-8")
    (tmp_path / "group.txt").write_text(builders.GROUP, encoding="utf-8")
    (tmp_path / "garden.csv").write_text("case,plot\ngardener,12\n", encoding="utf-8")
    assert loaded(IMPORT_AND_EDIT, tmp_path) == []


def test_to_code_and_to_list_all_codings_loads_nothing_heavy(tmp_path: Path):
    built = builders.copy(tmp_path / "built.fwb")
    held = len(built.codings)
    built.project.close()
    assert loaded(CODE_AND_LIST, tmp_path) == []
    lines = (tmp_path / "c.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + held + 1


def test_a_first_page_loads_nothing_heavy(tmp_path: Path):
    builders.copy(tmp_path / "built.fwb").project.close()
    assert loaded(FIRST_PAGE, tmp_path) == []


def test_a_cell_with_all_behind_it_loads_nothing_heavy(tmp_path: Path):
    builders.copy(tmp_path / "built.fwb").project.close()
    assert loaded(CELL, tmp_path) == []


def test_the_list_of_frameworks_and_its_frame_say_the_same(tmp_path: Path):
    built = builders.copy(tmp_path / "built.fwb")
    with built.project.reading() as connection:
        rows = lists.frameworks(connection)
    assert [tuple(r) for r in rows] == [lists.FRAMEWORKS] * len(rows)
    assert views.frameworks(built.project).to_dict("records") == rows
    built.project.close()


def test_figures_do_load_pandas_so_that_the_tests_above_can_fail(tmp_path: Path):
    builders.copy(tmp_path / "built.fwb").project.close()
    told = CODE_AND_LIST + "    p.chart()\n"
    assert {"pandas", "numpy"} <= set(loaded(told, tmp_path))
