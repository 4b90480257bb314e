"""Project, Export: what is offered, and what is refused before a file is asked for."""

import io
import json
import time
import zipfile
from pathlib import Path

import docx
import pandas as pd
import plotly.graph_objects as go
import pytest
from lxml import html

import workbench
from workbench.errors import BadValue
from workbench.formats import word
from workbench.project import documents, edits
from workbench.project.door import open_project
from workbench.project.ladder_pictures import Picture


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
    assert at.button("project qdpx").label == "Project for NVivo, MAXQDA, ATLAS.ti … (qdpx)"
    assert buttons(at) == []
    assert "Nothing to report yet" in " ".join(m.value for m in at.markdown)


def test_a_project_file_is_written_beside_the_page_and_then_saved(page, study):
    at = page("project", study, view="export")
    at.button("project qdpx").click().run()
    assert not at.exception
    at = over(at)
    assert "Save study\\.qdpx" in buttons(at)
    changed = "The project has changed since it was written."
    assert changed not in [c.value for c in at.caption]
    with workbench.open(study, who="ingrid") as project:
        edits.change_setting(project, "title", "New")
    at.run()
    assert changed in [c.value for c in at.caption]
    at.button("export anew").click().run()
    at = over(at)
    assert "Save study\\.qdpx" in buttons(at)
    assert changed not in [c.value for c in at.caption]


def over(at):
    """Run a page until what goes on beside it is over."""
    for _ in range(600):
        if not any(b.key == "export stop" for b in at.button):
            return at
        time.sleep(0.05)
        at.run()
    raise AssertionError("the file is never written")


def test_a_template_is_looked_at_when_it_is_given(tmp_path: Path):
    word.write_template(tmp_path / "t.docx")
    documents.check_template((tmp_path / "t.docx").read_bytes(), "t.docx")
    with pytest.raises(BadValue, match=r"The template cannot be 'own.docx'; give a Word document"):
        documents.check_template(b"no", "../own.docx")


@pytest.fixture
def offered(study, monkeypatch) -> list[dict[str, object]]:
    """What buttons of files hand over, outside of a page: their names and what makes them."""
    from workbench.ui import downloads, session

    told: list[dict[str, object]] = []
    monkeypatch.setattr(session, "place", lambda key: str(study))
    monkeypatch.setattr(session, "key", lambda: "k")
    monkeypatch.setattr(session, "who", lambda: "ingrid")
    monkeypatch.setattr(downloads.st, "download_button", lambda label, **of: told.append(of))
    return told


def test_the_file_is_made_with_the_template_that_was_given(offered, tmp_path):
    from workbench.ui import downloads

    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Our institute"
    own.save(str(tmp_path / "own.docx"))
    template = (tmp_path / "own.docx").read_bytes()
    downloads.button("Codebook", "c.docx", "k", what="codebook", template=template)
    (button,) = offered
    assert (button["file_name"], button["help"]) == ("c.docx", None)
    (tmp_path / "made.docx").write_bytes(button["data"]())
    made = docx.Document(str(tmp_path / "made.docx"))
    assert made.sections[0].header.paragraphs[0].text == "Our institute"
    assert made.paragraphs[0].text == "Codebook: open-library@1"


def test_a_table_and_a_figure_are_handed_over_with_where_they_came_from(offered):
    from workbench.ui import downloads

    frame = pd.DataFrame({"case": ["Ana"]})
    downloads.table_button("Table", frame, "themes/groups", ".csv", "open-library@1")
    downloads.figure_button("Figure", Picture(go.Figure(), frame), "rings", None)
    table, figure = offered
    assert table["file_name"] == "themes-groups.csv.zip"
    assert "where it came from" in table["help"]
    with zipfile.ZipFile(io.BytesIO(table["data"]())) as package:
        assert package.read("themes-groups.csv").decode("utf-8-sig") == "case\r\nAna\r\n"
        told = json.loads(package.read("themes-groups.csv.manifest.json"))
    assert told["what"] == "themes/groups"
    assert (told["project"], told["framework"]) == ("Open without staff", "open-library@1")
    page = html.document_fromstring(figure["data"]())
    told = json.loads(page.find(".//meta[@name='workbench-manifest']").get("content"))
    assert (figure["file_name"], told["what"]) == ("rings.html", "rings")


def test_nodes_come_the_highest_first(study):
    with open_project(study) as project:
        said = list(documents.nodes(project).values())
    levels = [one.partition(":")[0] for one in said]
    assert list(dict.fromkeys(levels)) == ["theme", "category", "dimension", "element"]
