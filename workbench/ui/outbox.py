"""The outbox of the browser: each operation is carried out once, in order, and answered.

A message carries every operation that the browser has no answer to yet, so that a lost or
repeated message does no harm: the store knows the number of the last one it carried out for
each browser window.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import streamlit as st

from workbench.errors import ChangedMeanwhile, DeliveredAlready, WorkbenchError
from workbench.ui import operations, session, show
from workbench.ui.sentences import sentence
from workbench.ui.words import _

_KEPT = 200
"""Answers kept for a browser that has not heard them yet."""


@dataclass(frozen=True)
class Answer:
    """What became of one operation."""

    number: int
    done: bool
    says: str = ""
    changed: bool = False
    """Whether it was refused because somebody else changed the same thing meanwhile."""
    made: Any = None
    """What the operation made: ids, numbers."""


@dataclass
class Heard:
    """What one browser window sent so far and what became of it."""

    client: str
    number: int = 0
    answers: list[Answer] = field(default_factory=list)


def receive() -> None:
    """Carry out what the newest message asks for; called at the top of every run."""
    message = _message()
    if message is None:
        return
    client, answered, wanted = message
    heard = _heard(client)
    heard.answers = [a for a in heard.answers if a.number > answered][-_KEPT:]
    fresh = [one for one in wanted if one["number"] > heard.number]
    for one in fresh:
        heard.answers.append(_carried_out(client, one))
        heard.number = one["number"]


def told() -> dict[str, Any]:
    """Return what the bus tells the browser: the number reached, and the answers."""
    heard = st.session_state.get("heard")
    return {
        "client": heard.client if heard else "",
        "number": heard.number if heard else 0,
        "answers": [asdict(a) for a in heard.answers] if heard else [],
    }


def acknowledged() -> dict[str, Any]:
    """Return up to which operation of which window the page shows the store's truth."""
    heard = st.session_state.get("heard")
    return {"client": heard.client, "number": heard.number} if heard else {}


def stored() -> dict[str, Any]:
    """Return up to which operation of which window the store has all, none of them refused."""
    heard = st.session_state.get("heard")
    if heard is None:
        return {}
    refused = (answer.number - 1 for answer in heard.answers if not answer.done)
    return {"client": heard.client, "number": min(refused, default=heard.number)}


def _heard(client: str) -> Heard:
    held = st.session_state.get("heard")
    if held is None or held.client != client:
        held = Heard(client)
        st.session_state["heard"] = held
    return held


def _message() -> tuple[str, int, list[Mapping[str, Any]]] | None:
    """Return client, last answer it knows, and operations; None where nothing well-formed is."""
    bus = st.session_state.get("bus")
    message = bus.get("outbox") if bus is not None else None
    if not isinstance(message, Mapping):
        return None
    client, answered = message.get("client"), message.get("answered")
    wanted = message.get("operations")
    if not (isinstance(client, str) and 0 < len(client) <= 64 and isinstance(wanted, list)):
        return None
    well_formed = [
        one
        for one in wanted
        if isinstance(one, Mapping)
        and type(one.get("number")) is int
        and isinstance(one.get("name"), str)
        and isinstance(one.get("project"), str)
        and isinstance(one.get("given"), Mapping)
    ]
    return client, answered if type(answered) is int else 0, well_formed


def _carried_out(client: str, one: Mapping[str, Any]) -> Answer:
    number, of = one["number"], one["project"]
    if session.place(of) is None:
        return Answer(number, False, _("The project of this change is not open here any more."))
    try:
        project = session.project(of)
        if project.was_delivered(client, number):
            return Answer(number, True)
        with project.delivering(client, number):
            made, says = operations.carry_out(project, one["name"], one["given"])
    except DeliveredAlready:
        return Answer(number, True)
    except ChangedMeanwhile as problem:
        return Answer(number, False, sentence(str(problem)), changed=True)
    except WorkbenchError as problem:
        return Answer(number, False, sentence(str(problem)))
    except Exception as problem:  # noqa: BLE001  # the browser must get its answer
        return Answer(number, False, show.unforeseen(problem))
    return Answer(number, True, says, made=made)
