"""Project, Export: what is offered, and what is refused before a file is asked for."""

from pathlib import Path

import docx
import pytest

from workbench.errors import BadValue
from workbench.formats import word
from workbench.project import documents
from workbench.project.door import open_project


def buttons(at) -> list[str]:
    return [b.proto.label for b in at.get("download_button")]


def test_reports_tables_and_a_transcript_are_offered(page, study):
    at = page("project", study, view="export")
    assert buttons(at) == [
        "The report as a Word document",
        "A template to restyle",
        "All tables, with what each column means (zip)",
        "Quotations with attributes (Excel)",
        "The transcript as a page (HTML)",
        "Project for NVivo, MAXQDA, ATLAS.ti … (qdpx)",
        "Codebook for them (qdc)",
    ]
    assert at.selectbox("report of").options == [
        "The whole analysis",
        "Codebook",
        "Themes",
        "Cases",
    ]


def test_a_theme_or_a_case_is_chosen_by_name_or_all(page, study):
    at = page("project", study, view="export")
    at.selectbox("report of").set_value("case").run()
    assert not at.exception
    names = ["all", "Librarian", "Caretaker", "Manager", "Solveig", "Torbjørn", "Samira"]
    assert at.selectbox("report of which case").options == names
    at.selectbox("report of").set_value("theme").run()
    assert not at.exception
    offered = at.selectbox("report of which theme").options
    assert offered[:2] == ["all", "theme: Open because somebody carries it"]
    assert len(offered) == 1 + 40


def test_without_a_framework_it_says_what_is_missing(page, empty):
    at = page("project", empty, view="export")
    assert buttons(at) == ["Project for NVivo, MAXQDA, ATLAS.ti … (qdpx)"]
    assert "Nothing to report yet" in " ".join(m.value for m in at.markdown)


def test_a_template_is_looked_at_when_it_is_given(tmp_path: Path):
    word.write_template(tmp_path / "t.docx")
    documents.check_template((tmp_path / "t.docx").read_bytes(), "t.docx")
    with pytest.raises(BadValue, match=r"The template cannot be 'own.docx'; give a Word document"):
        documents.check_template(b"no", "../own.docx")


def test_the_file_is_made_with_the_template_that_was_given(study, tmp_path, monkeypatch):
    from workbench.ui import downloads, session

    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Our institute"
    own.save(str(tmp_path / "own.docx"))
    monkeypatch.setattr(session, "place", lambda key: str(study))
    monkeypatch.setattr(session, "key", lambda: "k")
    monkeypatch.setattr(session, "who", lambda: "ingrid")
    given = {"what": "codebook", "template": (tmp_path / "own.docx").read_bytes()}
    (tmp_path / "made.docx").write_bytes(downloads._built("c.docx", given)())
    made = docx.Document(str(tmp_path / "made.docx"))
    assert made.sections[0].header.paragraphs[0].text == "Our institute"
    assert made.paragraphs[0].text == "Codebook: open-library@1"


def test_nodes_come_the_highest_first(study):
    with open_project(study) as project:
        said = list(documents.nodes(project).values())
    levels = [one.partition(":")[0] for one in said]
    assert list(dict.fromkeys(levels)) == ["theme", "category", "dimension", "element"]
