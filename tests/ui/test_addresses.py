"""An address that asks for what is not there is told so; the page is shown nevertheless."""

import pytest

import workbench
from workbench.project import edits
from workbench.ui import session


@pytest.mark.parametrize(
    ("address", "asks", "missed"),
    [
        ("familiarisation", {"transcript": "gone"}, ["“gone” (Transcript)"]),
        ("indexing", {"transcript": "caretaker", "coding": "gone"}, ["“gone” (Coding)"]),
        ("framework", {"framework": "a@1", "code": "b"}, ["“a@1” (Framework)", "“b” (Code)"]),
        ("mapping", {"node": "gone"}, ["“gone” (Node)"]),
        ("interpretation", {"node": "gone"}, ["“gone” (Node)"]),
        ("interpretation", {"link": "gone"}, ["“gone” (Link)"]),
        ("indexing", {"transcript": "caretaker"}, []),
    ],
)
def test_what_an_address_asks_for_in_vain_is_told(page, study, address, asks, missed):
    at = page(address, study, **asks)
    told = [toast.value.replace("\\", "") for toast in at.toast]
    assert told == [
        f"The address asks for {what}, which is not here; it may have been renamed or withdrawn."
        for what in missed
    ]
    assert at.title


def test_a_finding_that_is_not_there_is_told_beside_the_others(page, study):
    with workbench.open(study, who="ingrid") as project:
        edits.add_finding(project, "People come in the evening.")
    at = page("interpretation", study, finding="gone")
    assert ["“gone” (Finding)" in toast.value.replace("\\", "") for toast in at.toast] == [True]


def look_after_a_late_address(page, study):
    """Choose one look, then another before the browser's address has followed the first."""
    at = page("charting", study)
    at.button_group(key="charting:look").select("open").run()
    assert at.query_params["look"] == "open"
    at.query_params["look"] = "chart"
    at.button_group(key="charting:look").select("words").run()
    return at.query_params["look"]


def test_an_address_that_lags_behind_takes_no_choice_back(page, study):
    assert look_after_a_late_address(page, study) == "words"


def test_what_was_shown_before_is_asked_for_again_a_while_later(page, study, monkeypatch):
    monkeypatch.setattr(session, "_UNDER_WAY", -1)
    assert look_after_a_late_address(page, study) == "chart"
