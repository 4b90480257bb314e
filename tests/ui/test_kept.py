"""What takes long is made once for a state of the project, whoever's page asks first."""

import builders

from workbench.project import edits
from workbench.project.door import open_project
from workbench.ui.kept import kept_for_all


def test_it_is_made_once_for_all_sessions_of_a_person_and_anew_when_the_project_changes(tmp_path):
    path = tmp_path / "garden.fwb"
    made: list[str] = []

    def make() -> int:
        made.append("made")
        return len(made)

    with builders.copy(path).project as one, open_project(path, who="anna") as again:
        assert kept_for_all(one, "what", make) == 1
        assert kept_for_all(again, "what", make) == 1
        assert kept_for_all(again, "else", make) == 2
        with open_project(path, who="bo") as other:
            assert kept_for_all(other, "what", make) == 3
        edits.add_memo(one, "Something new.")
        assert kept_for_all(again, "what", make) == 4
        again.undo()
        assert kept_for_all(one, "what", make) == 5
        assert kept_for_all(again, "what", make) == 5


def test_no_more_than_three_projects_are_kept(tmp_path):
    made: list[str] = []
    for name in "abcda":
        with builders.copy(tmp_path / f"{name}.fwb").project as project:
            kept_for_all(project, "what", lambda name=name: made.append(name))
    assert made == ["a", "b", "c", "d", "a"]
