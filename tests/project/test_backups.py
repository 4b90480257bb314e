"""Copies of a project's file beside it."""

import builders
import pytest

import workbench
from workbench import errors
from workbench.project import backups, edits


def test_a_backup_is_a_whole_project_as_it_was_and_is_listed_newest_first(garden):
    before = garden.live()
    first = backups.make(garden.project)
    edits.change_setting(garden.project, "title", "Afterwards")
    second = backups.make(garden.project)
    held = backups.held(garden.project)
    assert {b.path for b in held} == {first, second}
    assert [b.at for b in held] == sorted((b.at for b in held), reverse=True)
    with workbench.open(first, who="anna") as copy:
        assert builders.live(copy) == before
        assert copy.check() == garden.project.check()


def test_another_project_beside_it_is_no_backup(garden, tmp_path):
    builders.copy(tmp_path / "garden2.backup-by-hand-1.fwb").project.close()
    assert backups.held(garden.project) == []


def test_where_nothing_can_be_written_is_said_in_one_sentence(garden, monkeypatch, tmp_path):
    gone = tmp_path / "gone" / "garden.fwb"
    monkeypatch.setattr(backups, "_file", lambda _: gone)
    with pytest.raises(errors.CannotWrite):
        backups.make(garden.project)


def test_a_project_of_a_server_says_how_it_is_copied(postgres_server):
    import postgres

    with postgres.database(postgres_server, "backups") as url, workbench.create(url) as project:
        for ask in (backups.make, backups.held):
            with pytest.raises(errors.Refused, match="pg_dump"):
                ask(project)
