"""The page of indexing."""

import json


def payloads(at):
    """Return what each part of the page was given, by its name."""
    held = {}
    for one in at.get("bidi_component"):
        held[one.proto.component_name] = json.loads(one.proto.json or "{}")
    return held


def test_an_empty_project_is_told_what_comes_first(page, empty):
    at = page("indexing", empty)
    assert any("No transcripts yet" in m.value for m in at.markdown)


def test_the_page_gives_the_parts_the_text_its_codings_and_the_codes(page, study):
    at = page("indexing", study, transcript="caretaker")
    given = payloads(at)
    assert given["workbench_transcript"]["transcript"] == "caretaker"
    assert given["workbench_marks"]["marks"]
    assert [c["name"] for c in given["workbench_palette"]["codes"]][:2] == [
        "Reasons for opening",
        "Those who come",
    ]
