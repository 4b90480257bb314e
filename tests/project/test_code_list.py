"""Which framework version a page begins with."""

from builders import VERSION, Garden

from workbench.project import code_list, edits
from workbench.project.door import create


def test_the_version_that_was_coded_with_last_is_in_use(garden: Garden) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    assert code_list.in_use(garden.project) == VERSION
    edits.code(garden.project, "group", 0, 9, "1.1", framework="garden@2")
    assert code_list.in_use(garden.project) == "garden@2"
    garden.project.undo()
    assert code_list.in_use(garden.project) == VERSION


def test_where_nothing_is_coded_it_is_the_newest_version(tmp_path) -> None:
    with create(tmp_path / "new.fwb") as project:
        assert code_list.in_use(project) is None
        edits.begin_framework(project, "plots")
        edits.begin_draft(project, "plots@1", "2")
        assert code_list.in_use(project) == "plots@2"
