"""`workbench study init`, followed by its own instructions, as somebody new would."""

import shlex
from pathlib import Path

import pytest
from console import blocks, workbench

from workbench.errors import BadValue
from workbench.formats import study, tables
from workbench.project import reproducing, sealing, studies


@pytest.mark.parametrize("name", ["mine", "my study; 2"])
def test_the_steps_of_its_readme_lead_to_a_working_study(name: str, tmp_path: Path) -> None:
    made = workbench("study", "init", name, cwd=tmp_path)
    assert (made.code, made.err) == (0, "")
    home = tmp_path / name
    ran = []
    for block in blocks(home / "README.md"):
        if block.file:
            assert (home / block.file).is_file()
            (home / block.file).write_text(block.text, encoding="utf-8")
        for line, _ in block.commands() if block.language == "console" else ():
            program, *words = shlex.split(line)
            assert program == "workbench"
            said = workbench(*words, cwd=tmp_path)
            assert said.code == 0, (line, said.out, said.err)
            ran.append((words[0], said))
    assert [word for word, _ in ran] == [
        "reproduce",
        "reproduce",
        "reproduce",
        "import",
        "check",
        "chart",
        "export",
    ]
    told = {n: said for n, (_, said) in enumerate(ran)}
    assert "3 of 3 cells as printed" in told[0].out
    assert told[1].err.endswith("sealed 4 cells anew.\n")
    assert "6 of 6 cells as printed" in told[2].out
    assert told[4].out.startswith("All ten laws hold;")
    assert "it is near" in told[5].out
    assert (tmp_path / f"{name}.xlsx").is_file()


def test_what_it_writes_holds_from_the_start_and_leaves_nothing_unread(tmp_path: Path) -> None:
    studies.init(tmp_path / "mine", "Waiting: for a “scan”")
    found = study.read(tmp_path / "mine")
    assert found.title == "Waiting: for a “scan”"
    assert found.unknown == ()
    assert set(found.tables) == set(tables.KINDS)
    assert all(not table.rows for table in found.tables.values())
    done = reproducing.reproduce(tmp_path / "mine")
    assert done.reproduces
    assert done.cells["verdict"].tolist() == ["equal"] * 3


def test_every_column_has_its_place_in_the_tables_and_in_the_readme(tmp_path: Path) -> None:
    studies.init(tmp_path / "mine")
    page = (tmp_path / "mine" / "README.md").read_text("utf-8")
    for kind, columns in tables.COLUMNS.items():
        header = (tmp_path / "mine" / f"{kind}.csv").read_text("utf-8-sig")
        assert set(header.strip().split(",")) == set(columns.known)
        assert f"### {kind}.csv" in page
        assert all(f"| `{name}` |" in page for name in columns.known)


def test_the_title_is_the_name_of_the_folder_where_none_is_given(tmp_path: Path) -> None:
    studies.init(tmp_path / "by bus")
    assert study.read(tmp_path / "by bus").title == "by bus"


@pytest.mark.parametrize("title", [" ", "x" * 1001])
def test_a_title_that_is_none_is_refused_and_nothing_written(title: str, tmp_path: Path) -> None:
    with pytest.raises(BadValue):
        studies.init(tmp_path / "mine", title)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", ["#1: - 'yes' {x}", "two\nlines", "null", "🌱"])
def test_any_title_comes_back(title: str, tmp_path: Path) -> None:
    studies.init(tmp_path / "mine", title)
    assert study.read(tmp_path / "mine").title == title


# --- seals -------------------------------------------------------------------------------


def test_a_seal_tells_when_the_words_behind_a_cell_change(tmp_path: Path) -> None:
    home = tmp_path / "mine"
    studies.init(home)
    coded = "transcript,code,quote,coder\nexample,1.1,it is near,me\n"
    (home / "codings.csv").write_text(coded)
    cell = "cell,row,column,value,figure,of\nn,n,n,1,codings,framework=waiting@1\n"
    (home / "published" / "example.csv").write_text(cell)
    assert sealing.seal(home) == 1
    assert sealing.seal(home) == 0
    assert reproducing.reproduce(home).reproduces
    (home / "codings.csv").write_text(coded.replace("it is near", "Three weeks"))
    assert reproducing.reproduce(home).account.differing == ("n",)
    assert sealing.seal(home) == 1
    assert reproducing.reproduce(home).reproduces


def test_a_cell_that_says_something_else_is_not_sealed(tmp_path: Path) -> None:
    home = tmp_path / "mine"
    studies.init(home)
    file = home / "published" / "example.csv"
    file.write_text(file.read_text("utf-8-sig").replace("number,6,", "number,7,"))
    before = file.read_bytes()
    ran = workbench("reproduce", home, "--seal")
    assert (ran.code, ran.out) == (1, "")
    assert "does not say what its tables print (codes), so nothing was sealed." in ran.err
    assert file.read_bytes() == before
