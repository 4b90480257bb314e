"""What a mistake gets: one sentence, an exit code that tells whose it is, no traceback."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from console import Ran, workbench

from workbench.project.edits import people, transcripts

P = "garden.fwb"
USE, WORK = 2, 1


@pytest.fixture
def run(garden: tuple[bytes, dict[str, str]], tmp_path: Path) -> Callable[..., Ran]:
    """Run a command in a folder with the garden and some odd files."""
    odd = {
        P: garden[0],
        "note.txt": b"I: Hello?\nAda: Hello.\n",
        "empty.txt": b"",
        "blank.txt": b" \n\n",
        "random.txt": bytes(range(256)) * 20,
        "random.docx": bytes(range(256)) * 20,
        "text.docx": b"I: Hello?\nAda: Hello.\n",
        "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
        "big.txt": b"I: Hello?\n" * 20_000,
        "odd.csv": b"a,b\n1,2\n",
        "short.csv": b"transcript,code,quote\ngardener,9.9,The quiet.\n",
        "own.yaml": b"framework: x\nversion: '1'\ncodes: 7\n",
        "list.json": b"[]",
    }
    for name, content in odd.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    return lambda *words: workbench(*words, cwd=tmp_path)


def sentence(ran: Ran) -> str:
    """Return the one line on stderr, once it is one, whole, and without a traceback."""
    assert ran.out == ""
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    assert "did not foresee" not in ran.err
    return ran.err.rstrip("\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        # the words of the command
        (["nonsense"], USE, "No such command 'nonsense'. See “workbench --help”."),
        (["chart"], USE, "Missing argument 'PROJECT'. See “workbench chart --help”."),
        (["chart", P, "--value"], USE, "No such option: --value"),
        (["code", P, "gardener", "ten", "20", "1.1"], USE, "'START': Input should be a valid int"),
        (["code", P, "gardener", "-5", "20", "1.1"], USE, "No such option: -5"),
        (["import", P, "note.txt", "--max-mb", "many"], USE, "should be a valid number"),
        (["import", P, "note.txt", "--max-mb", "0"], USE, "a number of MB above 0"),
        # the project
        (["chart", "nowhere.fwb"], WORK, "nowhere.fwb is not a project"),
        (["chart", "note.txt"], WORK, "note.txt is not a project"),
        (["chart", "folder"], WORK, "it is a folder"),
        (["chart", ""], WORK, "is not a project"),
        (["new", ""], USE, "The name of a project cannot be empty"),
        (["new", P], WORK, "garden.fwb exists already"),
        (["new", "note.txt"], WORK, "note.txt exists already"),
        (["new", "no/such/a.fwb"], WORK, "there is no folder no/such; make it first"),
        (["import", "note.txt", "blank.txt"], USE, "The project stands before the files"),
        (["import", "folder", "note.txt"], USE, "it is a folder"),
        # names in it
        (["trace", P, "Acess"], USE, "Did you mean “Access”?"),
        (["quote", P, "gardner", "The quiet.", "1.1"], USE, "Did you mean “gardener”?"),
        (["quote", P, "gardener", "The quiet.", "Barrier"], USE, "Did you mean “Barriers”?"),
        (["statement", P, "nobody", "1.1", "Text"], USE, "There is no case “nobody”"),
        (["chart", P, "--framework", "garden@2"], USE, "Did you mean “garden@1”?"),
        (["chart", P, "--run", "second"], USE, "There is no run “second”"),
        (["chart", P, "--by", "colour"], USE, "There is no attribute “colour”"),
        (["chart", P, "--values", "words"], USE, "statements, counts, cases, characters, states"),
        (
            ["header", P, "gardener", "titel", "x"],
            USE,
            "There is no header field “titel” in this project. Did you mean “title”? "
            "“workbench header --help” lists them.",
        ),
        (
            ["header", P, "gardener", "weather", "x"],
            USE,
            "There is no header field “weather” in this project. "
            "“workbench header --help” lists them.",
        ),
        (
            ["set", P, "weather", "x"],
            USE,
            "There is no setting “weather” in this project. “workbench set --help” lists them.",
        ),
        (["set", P, "aims", "x"], USE, "“workbench set --help” lists them."),
        (
            ["person", "change", P, "anna", "email", "x"],
            USE,
            "There is no field of a person “email” in this project. "
            "“workbench person change --help” lists them.",
        ),
        (["describe", P, "group", "mode"], USE, "A field cannot be 'mode'; give FIELD=VALUE."),
        (
            ["speaker", P, "group", "Nora", "participant"],
            USE,
            "There is no speaker “Nora” in this project. In “group” speak: Anna, Bo, I.",
        ),
        (
            ["withdraw", P, "xyz"],
            USE,
            "There is no coding, statement, node, link, memo, reading, finding or verification “x",
        ),
        (["case", "set", P, "gardener", "plot", "many"], USE, "give a whole number"),
        (["case", "describe", P, "gardener", "plot"], USE, "such as month=2022-10"),
        (["case", "describe", P, "gardener", "a=1", "a=2"], USE, "each name once"),
        (["case", "withdraw", P, "gardener"], WORK, "has 3 statements and 1 placement. Take"),
        (["fill", P, "gardener"], USE, "CASE and CODE, or --category NAME"),
        (["fill", P, "gardener", "2.2", "--category", "Coming"], USE, "CASE and CODE, or"),
        (["ladder", P, "findings", "--withdraw"], WORK, "“findings” has 5 nodes"),
        (["mark", P, "gardener", "2.2", "unsaid"], USE, "not asked, nothing said"),
        (["help", "nothing"], USE, "give one of start, browser, transcripts, "),
        (["search", P, "(", "--regex"], USE, "regular expression"),
        (["search", P, ""], USE, "at least one word"),
        # positions and words
        (["code", P, "gardener", "10", "9999", "1.1"], WORK, "Characters 10 to 9999 are not"),
        (["code", P, "gardener", "20", "10", "1.1"], WORK, "stop larger than start"),
        (["quote", P, "gardener", "The quite.", "1.1"], WORK, "Nearest is “The quiet.”"),
        (["quote", P, "gardener", "you", "1.1"], WORK, "“you” is 2 times in “gardener”"),
        # files in
        (["import", P, "missing.txt"], WORK, "missing.txt: there is no such file"),
        (["import", P, "empty.txt"], WORK, "empty.txt: there is no text in this file"),
        (["import", P, "blank.txt"], WORK, "blank.txt: there is no text in this file"),
        (["import", P, "random.txt"], WORK, "random.txt: this is not a text"),
        (["import", P, "random.docx"], WORK, "the name ends in .docx"),
        (["import", P, "text.docx"], WORK, "the content is plain text"),
        (["import", P, "locked.xlsx"], WORK, "it is protected with a password"),
        (["import", P, "big.txt", "--max-mb", "0.1"], WORK, "it has 0.2 MB and the limit is 0.1"),
        (["import", P, "odd.csv"], WORK, "See “workbench help tables”"),
        (["import", P, "short.csv"], WORK, "short.csv: line 2: There is no code “9.9”"),
        (["import", P, "folder"], WORK, "folder: this is a folder"),
        (["import", P, "note.txt", "--case-by", "moon"], USE, "auto, file, speaker or none"),
        (["framework", "add", P, "own.yaml"], WORK, "own.yaml: "),
        (["framework", "add", P, "missing.yaml"], WORK, "there is no such file"),
        (["framework", "new", "own.txt"], USE, "a name that ends in .yaml"),
        (["framework", "new", "own.yaml"], WORK, "it exists already"),
        (["framework", "release", P], WORK, "garden@1 is released already"),
        (["typology", P, "list.json"], USE, "A typology file cannot be 'list.json'"),
        (["typology", P, "missing.json"], WORK, "there is no such file"),
        # files out
        (
            ["export", P, "chart.pdf"],
            USE,
            ".xlsx, .csv, .parquet, .docx, .html, .svg, .graphml, .gexf, .zip, .yaml",
        ),
        (["export", P, "chart"], USE, "The ending of an output file"),
        (["export", P, "no/chart.xlsx"], WORK, "make it first"),
        (["export", P, "c.csv", "--what", "moods"], USE, "The table to export"),
        (["export", P, "c.csv", "--what", "theme"], USE, "“theme” cannot be 'c.csv'; give .docx"),
        (["export", P, "c.csv", "--template", "c.docx"], USE, "a template cannot be 'c.csv'"),
        (
            ["export", P, "c.docx", "--template", "note.txt"],
            USE,
            "a Word document (.docx) with your",
        ),
        (["export", P, "c.docx", "--template", "no.docx"], USE, "The template cannot be 'no.docx'"),
        (["export", P, "c.docx", "--what", "theme", "--of", "Nobody"], USE, "There is no node"),
        (["export", P, "c.docx", "--what", "case", "--of", "Nobody"], USE, "There is no case"),
        (["export", P, "c.html", "--what", "transcript"], USE, "one of them, with --of NAME"),
        (["demo", "note.txt"], WORK, "note.txt: this is a file"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_a_mistake_gets_one_sentence_that_says_what_to_do(
    run: Callable[..., Ran], words: list[str], code: int, said: str
) -> None:
    ran = run(*words)
    assert said in sentence(ran)
    assert ran.code == code


@pytest.mark.parametrize("file", ["empty.txt", "random.docx", "odd.csv", "missing.txt", "own.yaml"])
def test_an_import_that_fails_leaves_no_project_behind(
    run: Callable[..., Ran], tmp_path: Path, file: str
) -> None:
    before = sorted(p.name for p in tmp_path.iterdir())
    assert run("import", "new.fwb", file).code == 1
    assert run("framework", "add", "new.fwb", file).code == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_failed_act_leaves_the_project_as_it_was(run: Callable[..., Ran]) -> None:
    before = run("history", P, "--json").out
    run("import", P, "short.csv")
    run("quote", P, "gardener", "The quite.", "1.1")
    assert run("history", P, "--json").out == before


def test_of_several_files_those_that_can_be_read_come_in(run: Callable[..., Ran]) -> None:
    ran = run("import", P, "note.txt", "empty.txt")
    assert ran.code == 1
    assert "1 transcript" in ran.out
    assert ran.err == (
        "empty.txt: there is no text in this file. Open it to see whether it was saved.\n"
    )


def test_a_folder_that_cannot_be_written_to_is_told(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    folder = Path("/proc") if os.geteuid() == 0 else tmp_path / "closed"
    if not folder.exists():
        folder.mkdir()
        folder.chmod(0o500)
    for words in (["new", folder / "a.fwb"], ["export", P, folder / "chart.csv"]):
        ran = run(*words)
        assert ran.code == 1
        assert str(folder) in sentence(ran)


def test_a_project_that_may_only_be_read_is_told_and_not_called_something_else(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    before = (tmp_path / P).read_bytes()
    with mock.patch("os.access", side_effect=lambda _, mode: not mode & os.W_OK):
        for words in (["chart", P], ["case", "add", P, "Nora"], ["import", P, "note.txt"]):
            ran = run(*words)
            assert ran.code == WORK
            assert sentence(ran) == (
                "garden.fwb cannot be written: it, or its folder, is protected; copy the project "
                "into a folder of your own."
            )
        assert "note.txt is not a project" in sentence(run("chart", "note.txt"))
    assert (tmp_path / P).read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["chart", "a.fwb"],
        ["new", "a.fwb"],
        ["import", "a.fwb", "note.txt"],
        ["import", P, "gone.txt"],
        ["framework", "new", "own2.yaml"],
        ["demo", "a"],
    ],
)
def test_a_folder_that_hides_what_is_in_it_gets_a_sentence(
    run: Callable[..., Ran], words: list[str]
) -> None:
    exists, hidden = Path.exists, {"a.fwb", "gone.txt", "own2.yaml", "a"}

    def hides(path: Path) -> bool:
        if path.name in hidden:
            raise PermissionError(13, "Permission denied", str(path))
        return exists(path)

    with mock.patch.object(Path, "exists", hides):
        ran = run(*words)
    assert ran.code == WORK
    assert "is protected" in sentence(ran)


@pytest.mark.parametrize(
    "words",
    [
        ["import", "typo.txt", "note.txt"],
        ["import", "Typo.DOCX", "note.txt", "short.csv"],
        ["import", "typo.csv", "note.txt"],
        ["framework", "add", "typo.yaml", "good.yaml"],
    ],
)
def test_no_project_is_made_under_the_name_of_an_interview_or_a_table(
    run: Callable[..., Ran], tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "good.yaml").write_text(
        "{framework: waiting, version: '1', codes: [{name: Access}]}", encoding="utf-8"
    )
    before = sorted(p.name for p in tmp_path.iterdir())
    ran = run(*words)
    name = next(w for w in words if w.casefold().startswith("typo"))
    assert ran.code == USE
    assert sentence(ran) == (
        f"There is no project {name}, and none is made under the name of a {Path(name).suffix} "
        "file. The project comes first, then the files: workbench import study.fwb a.txt b.txt."
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_project_may_have_any_other_ending_or_none(run: Callable[..., Ran]) -> None:
    for name in ("study", "study.db", "study.2024"):
        assert run("import", name, "note.txt").code == 0


def test_what_is_said_to_list_the_fields_lists_them_all() -> None:
    for words, fields in (
        (("set",), people.SETTINGS),
        (("header",), transcripts._HEADER_FIELDS),
        (("person", "change"), people._PROFILE),
    ):
        ran = workbench(*words, "--help")
        assert ran.code == 0
        assert [f for f in fields if not re.search(rf"\b{f}\b", ran.out)] == []


@pytest.mark.parametrize("name", ["node", "run", "case", "link", "person", "framework"])
def test_a_group_without_a_command_shows_what_it_can_do(name: str) -> None:
    ran = workbench(name)
    assert ran.code == USE
    assert ran.err.startswith(f"Usage: workbench {name} ")


def test_what_nobody_foresaw_is_a_sentence_too(run: Callable[..., Ran]) -> None:
    with mock.patch("workbench.project.views.cases", side_effect=ZeroDivisionError("secret")):
        ran = run("cases", P)
    assert ran.code == 1
    assert ran.err.startswith("Something went wrong that the workbench did not foresee (ZeroDiv")
    assert ran.err.count("\n") == 1
    assert "secret" not in ran.err


def test_control_c_says_what_is_kept(run: Callable[..., Ran]) -> None:
    with mock.patch("workbench.project.views.cases", side_effect=KeyboardInterrupt):
        ran = run("cases", P)
    assert ran.code == 130
    assert ran.err == "Stopped. Acts that were finished are kept, the one at hand is not.\n"
