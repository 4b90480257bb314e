"""The page of reproduction, on the study of `laundry`: 28 printed cells, all good but what a test
alters.
"""

import io
import json
import threading
import time
from pathlib import Path

import laundry
import openpyxl
import pytest

from workbench.project import reproducing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The study of the laundry room, one printed cell altered: 3 tenants, not 1."""
    study = laundry.write(tmp_path)
    file = study / "published" / "1-sample.csv"
    file.write_text(file.read_text("utf-8").replace("tenants,tenants,n,1", "tenants,tenants,n,3"))
    return study


@pytest.fixture
def rebuilt(page, study, folder):
    """The page after the study in the folder was rebuilt."""

    def run(**asks: str):
        at = page("reproduction", study, study="*other", **asks)
        at.text_input(key="study folder").input(str(folder)).run()
        at.button(key="rebuild study").click().run()
        for _ in range(240):
            if listed(at) or at.error:
                break
            time.sleep(0.25)
            at.run()
        assert not at.exception
        return at

    return run


def said(at) -> str:
    kinds = (at.markdown, at.caption, at.error, at.success, at.info)
    return "\n".join(one.value for kind in kinds for one in kind).replace("\\", "")


def payload(at, name):
    (part,) = [
        one for one in at.get("bidi_component") if one.proto.component_name == f"workbench_{name}"
    ]
    return json.loads(part.proto.json)


def listed(at) -> bool:
    return any(one.proto.component_name == "workbench_listing" for one in at.get("bidi_component"))


def rows(at) -> list[dict[str, str]]:
    """Return the rows of printed cells, each cell's text under its head."""
    table = payload(at, "listing")
    texts = [[c if isinstance(c, str) else c["text"] for c in row] for row in table["rows"]]
    return [dict(zip(table["columns"], row, strict=True)) for row in texts]


def row(at, name):
    (one,) = [row for row in rows(at) if row["Row"] == name]
    return [one[head] for head in ("Published", "Ours", "Came out")]


def test_a_folder_that_holds_no_study_is_told(page, study, tmp_path):
    at = page("reproduction", study, study="*other")
    assert "A study is a folder with a study.yaml" in said(at)
    at.text_input(key="study folder").input(str(tmp_path)).run()
    assert "There is no study in that folder" in said(at)


def test_work_under_way_is_not_shown_as_done(page, study, folder, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(reproducing, "reproduce_with_words", lambda _folder: go_on.wait(60))
    at = page("reproduction", study, study="*other")
    at.text_input(key="study folder").input(str(folder)).run()
    at.button(key="rebuild study").click().run()
    states = [one.state for one in at.status]
    go_on.set()
    assert states == ["running"]


def test_what_differs_is_told_and_stands_in_its_row(rebuilt):
    at = rebuilt()
    assert "This study is not reproduced." in at.error[0].value
    assert "28 printed cells: 25 equal, 1 explained, 1 stated, 1 differs" in said(at)
    assert "3 of 3 entries of the register hold" in said(at)
    assert row(at, "tenants") == ["3", "1", "differs"]
    assert row(at, "planned") == ["ten", "", "stated"]
    assert len(rows(at)) == 28


def test_only_cells_that_are_not_equal_are_coloured(rebuilt):
    table = payload(rebuilt(), "listing")
    names = [row[0]["text"] for row in table["rows"]]
    tones = {name: tone for name, tone in zip(names, table["tones"], strict=True) if tone}
    assert tones == {"planned": "stated", "tenants": "differs", "washes": "explained"}


def test_only_what_is_not_equal_is_listed_when_it_is_wanted(rebuilt):
    at = rebuilt()
    at.toggle(key="only differing").set_value(True).run()
    assert [[r["Row"], r["Came out"]] for r in rows(at)] == [
        ["planned", "stated"],
        ["tenants", "differs"],
        ["washes", "explained"],
    ]
    at.selectbox(key="choose:table").select("2-findings").run()
    assert [r["Row"] for r in rows(at)] == ["washes"]


def test_an_address_opens_a_cell_with_the_words_behind_it(rebuilt):
    at = rebuilt(cell="old")
    assert "equal: The rebuilt study says what is printed." in said(at).replace("**", "")
    assert "X3** Two codes are most." in said(at)
    table = payload(at, "listing")
    assert table["rows"][table["picked"]][0]["go"] == {"cell": "old"}
    (section,) = payload(at, "evidence")["sections"]
    assert [(q["words"], q["cases"], q["place"], q["opens"]) for q in section["quotes"]] == [
        ("The machines are old.", "Ada", "ada, turn 2", None),
        ("Two machines stand there broken.", "Ben", "ben, turn 4", None),
    ]


def test_the_register_says_of_each_entry_whether_it_holds(rebuilt, folder):
    register = folder / "register.csv"
    register.write_text(register.read_text("utf-8").replace("people = 2", "people = 4"))
    at = rebuilt()
    at.button_group(key="reproduction shows").set_value("register").run()
    told = said(at)
    assert told.index("X2** · stated · **✗ no longer holds") < told.index("X1** · computed · **✓")
    assert "More were planned." in told


def test_the_comparison_is_saved_as_a_workbook(rebuilt):
    at = rebuilt()
    (button,) = at.get("download_button")
    assert button.proto.label == "Save as Excel"


def test_the_workbook_holds_the_differing_cell(folder):
    from workbench.project import reproducing
    from workbench.ui.panels import printed_tables

    done, _words = reproducing.reproduce_with_words(folder)
    book = openpyxl.load_workbook(io.BytesIO(printed_tables.workbook(done)))
    values = [str(c.value) for sheet in book for row in sheet for c in row if c.value is not None]
    assert "tenants" in values
    assert "differs" in values
