"""What versions hold, how they hang together, and what differs between two of a project."""

import builders
from builders import VERSION, Garden

from workbench.model import frames
from workbench.project import edits, views


def sentences(g: Garden, a: str, b: str) -> tuple[list[str], str, str]:
    frame = views.framework_diff(g.project, a, b)
    frames.require(frame, frames.FRAMEWORK_DIFF, "the diff")
    return list(frame["difference"]), frame.attrs["by"], frame.attrs["note"]


def test_what_was_made_from_another_differs_as_the_steps_tell(garden: Garden) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge_codes(garden.project, "garden@2", ["1.1", "1.2"], "Coming or not", reason="Alike.")
    edits.begin_draft(garden.project, "garden@2", "3")
    edits.change_code(garden.project, "garden@3", "Tools", name="Things", reason="So.")
    merged = "Merged “Reasons to come” and “Barriers” into “Coming or not”"
    assert sentences(garden, VERSION, "garden@3") == (
        [merged, "Renamed “Tools” to “Things”"],
        "steps",
        "From garden@1 to garden@3, as the steps between them tell it.",
    )
    split = "Split “Coming or not” into “Reasons to come” and “Barriers”"
    assert sentences(garden, "garden@3", VERSION) == (
        [split, "Renamed “Things” to “Tools”"],
        "steps",
        "From garden@3 to garden@1, as the steps between them tell it.",
    )
    frame = views.framework_diff(garden.project, VERSION, "garden@2")
    assert list(frame["reason"]) == ["Alike."]
    assert list(views.framework_diff(garden.project, VERSION, "garden@3")["reason"]) == ["", ""]


def test_two_made_from_one_differ_as_the_steps_over_it_tell(garden: Garden) -> None:
    for number, name in (("2", "Things"), ("3", "Objects")):
        edits.begin_draft(garden.project, VERSION, number)
        edits.change_code(garden.project, f"garden@{number}", "Tools", name=name)
    assert sentences(garden, "garden@2", "garden@3") == (
        ["Renamed “Things” to “Objects”"],
        "steps",
        "From garden@2 to garden@3, over garden@1 that both come from, as the steps between them "
        "tell it.",
    )


def test_what_was_merged_on_one_way_is_split_on_the_way_to_the_other(garden: Garden) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge_codes(garden.project, "garden@2", ["1.1", "1.2"], "Coming or not")
    edits.begin_draft(garden.project, VERSION, "3")
    edits.retire_code(garden.project, "garden@3", "Tools")
    edits.add_code(garden.project, "garden@3", "Beds", category="Sharing")
    split = "Split “Coming or not” into “Reasons to come” and “Barriers”"
    there, _, _ = sentences(garden, "garden@2", "garden@3")
    assert sorted(there) == ["Added the code “Beds”", "Retired the code “Tools”", split]
    back, _, _ = sentences(garden, "garden@3", "garden@2")
    assert sorted(back) == [
        "Added the code “Tools”",
        "Merged “Reasons to come” and “Barriers” into “Coming or not”",
        "Retired the code “Beds”",
    ]


def test_each_difference_says_how_many_codings_and_cells_its_codes_have(garden: Garden) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge_codes(garden.project, "garden@2", ["1.1", "1.2"], "Coming or not")
    edits.change_code(garden.project, "garden@2", "Tools", name="Things")
    edits.add_code(garden.project, "garden@2", "Beds", category="Sharing")
    frame = views.framework_diff(garden.project, VERSION, "garden@2")
    told = frame[["kind", "codings", "cells"]].to_numpy().tolist()
    assert sorted(told) == [["added", 0, 0], ["merged", 4, 2], ["renamed", 1, 2]]
    back = views.framework_diff(garden.project, "garden@2", VERSION)
    assert back[["codings", "cells"]].to_numpy().tolist() == [[0, 0]] * 3


def test_a_child_whose_file_tells_no_steps_is_said_to_tell_none(garden: Garden) -> None:
    edits.add_framework(garden.project, builders.version(number="2", parent=VERSION))
    assert sentences(garden, VERSION, "garden@2") == (
        [],
        "steps",
        "From garden@1 to garden@2, as the steps between them tell it; garden@2 tells none, and "
        "ids are compared there.",
    )


def test_what_shares_no_ids_is_compared_by_names(garden: Garden) -> None:
    edits.begin_framework(garden.project, "plots")
    edits.add_code(garden.project, "plots@1", "TOOLS", definition="Lent.")
    said, by, note = sentences(garden, VERSION, "plots@1")
    assert (by, note) == (
        "names",
        "From garden@1 to plots@1, which share no ids: what is called alike is taken to be "
        "the same.",
    )
    assert "Renamed “Tools” to “TOOLS”" in said
    assert "Moved “TOOLS” from “Sharing” to the top" in said
    assert "Retired the code “Barriers”" in said


def test_each_version_stands_below_the_one_it_was_made_from(garden: Garden) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    edits.begin_framework(garden.project, "plots", objective="How large?")
    edits.begin_draft(garden.project, VERSION, "3", objective="Which tools?")
    edits.begin_draft(garden.project, "garden@2", "2.1")
    frame = views.framework_versions_tree(garden.project)
    assert [tuple(r) for r in frame.itertuples(index=False)] == [
        ("garden@1", "", 0, "", "released", 2, 4, 7),
        ("garden@2", "garden@1", 1, "", "draft", 2, 4, 0),
        ("garden@2.1", "garden@2", 2, "", "draft", 2, 4, 0),
        ("garden@3", "garden@1", 1, "Which tools?", "draft", 2, 4, 0),
        ("plots@1", "", 0, "How large?", "draft", 0, 0, 0),
    ]


def test_categories_and_codes_come_with_what_rests_on_them(garden: Garden) -> None:
    frame = views.framework_nodes(garden.project, VERSION)
    columns = (frame[c] for c in ("thing", "depth", "number", "name", "codings", "statements"))
    assert list(zip(*columns, strict=True)) == [
        ("category", 0, "1", "Coming", 0, 0),
        ("code", 1, "1.1", "Reasons to come", 2, 1),
        ("code", 1, "1.2", "Barriers", 2, 2),
        ("category", 0, "2", "Sharing", 0, 0),
        ("code", 1, "2.1", "Shared work", 2, 3),
        ("code", 1, "2.2", "Tools", 1, 0),
    ]
    assert (frame.attrs["framework"], frame.attrs["state"]) == (VERSION, "released")


def test_the_row_version_is_what_a_change_wants(garden: Garden) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    for name in ("Things", "Objects"):
        nodes = views.framework_nodes(garden.project, "garden@2").set_index("number")
        read = int(nodes.loc["2.2", "row_version"])
        edits.change_code(garden.project, "garden@2", "2.2", name=name, row_version=read)
    assert views.framework(garden.project, "garden@2").codes[-1].name == "Objects"
