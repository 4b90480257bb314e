"""Framework versions come in, and a released one never changes (law 3)."""

from dataclasses import replace

import builders
import pytest
from builders import VERSION, Garden

from workbench import errors
from workbench.model.framework import Code
from workbench.project import edits, views


def states(garden: Garden) -> dict[str, str]:
    frame = views.frameworks(garden.project)
    return {f"{r['name']}@{r['version']}": r["state"] for r in frame.to_dict("records")}


def test_a_version_is_stored_as_it_came_and_comes_out_the_same(garden):
    wanted = builders.version(number="2", parent=VERSION, objective="Tools", synthetic="All.")
    edits.add_framework(garden.project, wanted)
    assert views.framework(garden.project, "garden@2") == wanted


def test_a_released_file_comes_in_released_with_the_hash_of_its_content(garden):
    wanted = builders.version("other", state="released")
    edits.add_framework(garden.project, wanted)
    held = views.framework(garden.project, "other@1")
    assert (held.state, held.sha256) == ("released", wanted.content_hash())
    assert held.sha256 == held.content_hash()


def test_releasing_fixes_the_hash_and_can_be_done_once(garden):
    edits.add_framework(garden.project, builders.version("other"))
    assert edits.release(garden.project, "other@1") == builders.version("other").content_hash()
    assert states(garden) == {VERSION: "released", "other@1": "released"}
    with pytest.raises(errors.Refused, match="other@1 is released already"):
        edits.release(garden.project, "other@1")


def test_a_framework_without_codes_or_definitions_is_not_released(garden):
    bare = builders.version("bare", defined=False)
    edits.add_framework(garden.project, bare)
    with pytest.raises(errors.Refused) as caught:
        edits.release(garden.project, "bare@1")
    assert str(caught.value) == (
        "4 codes of bare@1 have no definition (1.1 Reasons to come, 1.2 Barriers, "
        "2.1 Shared work …). Write them first."
    )
    codes = tuple(replace(c, definition="Said." if n else "") for n, c in enumerate(bare.codes))
    edits.add_framework(garden.project, replace(bare, framework="one", codes=codes))
    with pytest.raises(errors.Refused, match=r"^1 code of one@1 has no definition \(1\.1 Reas"):
        edits.release(garden.project, "one@1")
    edits.add_framework(garden.project, replace(bare, framework="none", codes=()))
    with pytest.raises(errors.Refused, match="none@1 has no codes yet"):
        edits.release(garden.project, "none@1")
    assert states(garden)["bare@1"] == states(garden)["none@1"] == "draft"


def test_the_same_version_again_is_the_one_that_is_here(garden):
    (held,) = garden.live()["framework_version"]
    before, acts = garden.live(), garden.acts()
    assert edits.add_framework(garden.project, builders.version()) == held["id"]
    assert (garden.live(), garden.acts()) == (before, acts)


def changed(name: str) -> object:
    version = builders.version(name)
    first = replace(version.codes[0], definition="Something else.")
    return replace(version, codes=(first, *version.codes[1:]))


def test_a_released_version_with_other_content_is_refused(garden):
    before = garden.live()
    with pytest.raises(errors.ReleasedFrameworkChanged, match="garden@1 is released and must stay"):
        edits.add_framework(garden.project, changed("garden"))
    assert garden.live() == before


def test_a_draft_with_other_content_needs_another_number(garden):
    edits.add_framework(garden.project, builders.version("other"))
    before = garden.live()
    with pytest.raises(errors.Refused, match=r"draft other@1 with other content.*version number"):
        edits.add_framework(garden.project, changed("other"))
    assert garden.live() == before


def test_a_version_whose_parent_is_not_here_is_refused(garden):
    with pytest.raises(errors.Refused, match="made from garden@0, which is not in the project"):
        edits.add_framework(garden.project, builders.version(number="2", parent="garden@0"))


def test_a_code_keeps_its_id_through_the_versions(garden):
    added = Code("00000000-0000-4000-8000-000000000001", "2.3", "Water", "What they say of water.")
    second = builders.version(number="2", parent=VERSION)
    edits.add_framework(garden.project, replace(second, codes=(*second.codes, added)))
    rows = garden.live()
    assert len(rows["code"]) == 5
    assert len(rows["code_version"]) == 4 + 5
    assert {r["parent_id"] for r in rows["framework_version"]} == {
        None,
        next(v["id"] for v in rows["framework_version"] if v["version"] == "1"),
    }


def test_a_version_that_was_undone_can_be_added_again(garden):
    edits.add_framework(garden.project, builders.version("other"))
    added = garden.live()
    garden.project.undo()
    edits.add_framework(garden.project, builders.version("other"))
    assert garden.live()["code"] == added["code"]
    assert views.framework(garden.project, "other@1") == builders.version("other")
    assert garden.project.check() == []


def test_two_versions_need_a_name_with_its_number(garden):
    edits.add_framework(garden.project, builders.version(number="2"))
    with pytest.raises(errors.AmbiguousName, match="garden@1, garden@2"):
        views.framework(garden.project, "garden")
    with pytest.raises(errors.UnknownName, match="Did you mean “garden@"):
        views.framework(garden.project, "graden@1")
