"""An address that asks for what is not there is told so; the page is shown nevertheless."""

import pytest

import workbench
from workbench.project import edits


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
