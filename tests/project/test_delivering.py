"""What a browser hands in twice is carried out once, on both databases."""

import datetime
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from workbench.errors import BadValue, DeliveredAlready, NothingToUndo, Refused
from workbench.project import edits
from workbench.project.door import Project, create, open_project
from workbench.store import deliveries, history, schema


@pytest.fixture
def project(where: str) -> Iterator[Project]:
    made = create(where, who="anna")
    yield made
    made.close()


def noted(project: Project) -> list[tuple[str, int, int | None]]:
    """Return the deliveries that the database holds."""
    d = schema.delivery
    with project.reading() as connection:
        rows = connection.execute(sa.select(d).order_by(d.c.client, d.c.number))
        return [(r.client, r.number, r.act) for r in rows]


def said(project: Project) -> list[str]:
    """Return what the history says, oldest first."""
    return [a["summary"] for a in reversed(project.history())]


def people(project: Project) -> list[str]:
    p = schema.person
    with project.reading() as connection:
        query = sa.select(p.c.handle).where(~p.c.withdrawn).order_by(p.c.handle)
        return list(connection.execute(query).scalars())


def test_an_act_is_noted_with_its_number_in_the_history(project):
    edits.add_person(project, "ida")
    assert (project.delivered("c"), project.was_delivered("c", 1)) == (0, False)
    with project.delivering("c", 1):
        edits.add_person(project, "ole")
    assert noted(project) == [("c", 1, 2)]
    assert (project.delivered("c"), project.delivered("d")) == (1, 0)
    assert (project.was_delivered("c", 1), project.was_delivered("c", 2)) == (True, False)
    assert project.did == "Added ole to the team"
    assert project.check() == []


def test_what_arrives_twice_is_carried_out_once(project):
    with project.delivering("c", 1):
        edits.add_memo(project, "The gate.")
    entered = []
    with pytest.raises(DeliveredAlready, match="Operation 1 of the client c"):  # noqa: SIM117
        with project.delivering("c", 1):
            entered.append("inside")
    assert entered == []
    assert said(project) == ["Wrote a memo"]


def test_of_two_windows_that_hand_in_the_same_at_once_the_second_is_told(project, where):
    with open_project(where, who="bo") as other, project.delivering("c", 3):
        with other.delivering("c", 3):
            edits.add_person(other, "ida")
        with pytest.raises(DeliveredAlready):
            edits.add_person(project, "ole")
    assert people(project) == ["ida"]
    assert noted(project) == [("c", 3, 1)]
    assert project.check() == []


def test_two_threads_that_hand_in_the_same_carry_it_out_once(project, where):
    both, refused = threading.Barrier(2), []

    def hand_in(handle: str) -> None:
        with open_project(where, who=handle) as own:
            try:
                with own.delivering("c", 1):
                    both.wait(20)
                    edits.add_person(own, handle)
            except DeliveredAlready:
                refused.append(handle)

    threads = [threading.Thread(target=hand_in, args=(h,)) for h in ("ida", "ole")]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(refused) == 1
    assert sorted([*people(project), *refused]) == ["ida", "ole"]
    assert noted(project) == [("c", 1, 1)]


def test_threads_that_share_a_project_do_not_take_each_others_number(project):
    def act_of_another() -> None:
        edits.add_person(project, "ida")

    with project.delivering("c", 1):
        thread = threading.Thread(target=act_of_another)
        thread.start()
        thread.join()
        assert noted(project) == []
        edits.add_person(project, "ole")
    assert noted(project) == [("c", 1, 2)]


def test_only_the_newest_of_a_client_is_kept(project):
    for number in (1, 2, 5):
        with project.delivering("c", number):
            edits.add_memo(project, f"Memo {number}.")
    with project.delivering("d", 2):
        edits.add_memo(project, "Another's.")
    assert noted(project) == [("c", 5, 3), ("d", 2, 4)]
    with pytest.raises(DeliveredAlready), project.delivering("c", 4):
        pass
    assert project.was_delivered("c", 3)


def test_what_fails_leaves_neither_act_nor_note(project):
    edits.add_person(project, "ida")
    with pytest.raises(Refused), project.delivering("c", 1):
        edits.add_person(project, "ida")
    assert (noted(project), len(said(project))) == ([], 1)
    with project.delivering("c", 1):
        edits.add_person(project, "ole")
    assert noted(project) == [("c", 1, 2)]


class PulledPlugError(BaseException):
    """The process ends between the note and the end of the transaction."""


def test_a_crash_after_the_note_leaves_neither_act_nor_note(project, where, monkeypatch):
    delivered = []

    def pull(connection: sa.Connection) -> None:
        delivered.append(connection.execute(sa.select(schema.delivery.c.number)).scalar_one())
        raise PulledPlugError

    sa.event.listen(project.store.engine, "commit", pull)
    with pytest.raises(PulledPlugError), project.delivering("c", 1):
        edits.add_person(project, "ida")
    sa.event.remove(project.store.engine, "commit", pull)
    assert delivered == [1]
    with open_project(where) as again:
        assert (noted(again), said(again), people(again)) == ([], [], [])
        with again.delivering("c", 1):
            edits.add_person(again, "ida")
        assert (noted(again), people(again)) == ([("c", 1, 1)], ["ida"])
        assert again.check() == []


def test_what_changed_nothing_is_noted_without_an_act(project):
    edits.change_setting(project, "title", "The garden")
    with project.delivering("c", 1):
        edits.change_setting(project, "title", "The garden")
    assert (noted(project), len(said(project))) == ([("c", 1, None)], 1)
    assert project.was_delivered("c", 1)


def test_where_nothing_was_done_nothing_is_noted(project):
    with project.delivering("c", 1):
        pass
    assert noted(project) == []


def test_undo_and_redo_are_delivered_too(project):
    with project.delivering("c", 1):
        edits.add_person(project, "ida")
    with project.delivering("c", 2):
        project.undo()
    assert (people(project), noted(project)) == ([], [("c", 2, 2)])
    with pytest.raises(DeliveredAlready), project.delivering("c", 2):
        project.undo()
    with project.delivering("c", 3):
        project.redo()
    assert (people(project), noted(project)) == (["ida"], [("c", 3, 3)])
    project.undo()
    assert project.delivered("c") == 3
    with pytest.raises(NothingToUndo), project.delivering("c", 4):
        project.undo()
    assert project.delivered("c") == 3
    assert project.check() == []


def test_a_second_act_in_one_operation_is_refused(project):
    with project.delivering("c", 1):
        edits.add_person(project, "ida")
        with pytest.raises(DeliveredAlready):
            edits.add_person(project, "ole")
    assert people(project) == ["ida"]


def test_an_act_in_another_project_is_not_the_operation(project, tmp_path):
    with create(tmp_path / "other.fwb", who="anna") as other, project.delivering("c", 1):
        edits.add_person(other, "ida")
        assert noted(other) == noted(project) == []
        edits.add_person(project, "ole")
        assert noted(project) == [("c", 1, 1)]


@pytest.mark.parametrize(
    ("client", "number"), [("", 1), ("c" * 65, 1), ("a\x00", 1), ("c", 0), ("c", 2**31)]
)
def test_what_cannot_be_noted_is_refused_before_the_act(project, client, number):
    with pytest.raises(BadValue), project.delivering(client, number):
        edits.add_person(project, "ida")
    assert people(project) == []


def days_ago(days: int) -> SimpleNamespace:
    """Return what stands for the module datetime where acts were written so long ago."""
    then = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)
    return SimpleNamespace(UTC=datetime.UTC, datetime=SimpleNamespace(now=lambda _: then))


def test_windows_that_never_came_back_are_forgotten_when_a_new_one_is_seen(project, monkeypatch):
    for client, days in (("old", 31), ("late", 29)):
        with monkeypatch.context() as then, project.delivering(client, 1):
            for module in (history, deliveries):
                then.setattr(module, "datetime", days_ago(days))
            edits.add_person(project, client)
    with project.delivering("late", 2):
        edits.add_person(project, "eva")
    assert noted(project) == [("late", 2, 3), ("old", 1, 1)]
    with project.delivering("new", 1):
        edits.add_person(project, "ida")
    assert noted(project) == [("late", 2, 3), ("new", 1, 4)]
    assert people(project) == ["eva", "ida", "late", "old"]
    assert len(said(project)) == 4
    assert project.check() == []
