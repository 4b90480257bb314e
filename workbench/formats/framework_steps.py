"""The steps from a parent version in a framework file: which code became which, and why.

Each is an object with one verb: `merge: [travel, machines]`, `into: access`, `reason: …`;
a step that nobody gave a reason for has none.
What a code says now stands in the version itself and is not repeated. Whether the steps
really give the version is for those to judge who have the parent at hand.
"""

import datetime
import re
from difflib import get_close_matches
from typing import Any

from workbench.formats.framework_ids import Written, all_written, id_of
from workbench.formats.strict_yaml import Document, Place
from workbench.model.framework import STEP_KINDS, FrameworkVersion, Step, StepKind, Thing


def steps(document: Document, version: FrameworkVersion, written: Written) -> tuple[Step, ...]:
    """Return the steps in a validated file; `written` has the ids of its version.

    Raises:
        InvalidFramework: a step has no verb or several, or names what is not there.
    """
    entries = document.data.get("steps") or ()
    if entries and not version.parent:
        problem = "steps lead from a parent; name it (“parent: name@version”) or delete them."
        raise document.refused(("steps",), problem)
    reading = _Reading(document, version, written)
    return tuple(reading.step(entry, ("steps", i)) for i, entry in enumerate(entries))


class _Reading:
    """Reads one step after the other."""

    def __init__(self, document: Document, version: FrameworkVersion, written: Written) -> None:
        self.document, self.written = document, written
        self.own = version.framework
        self.parent = (version.parent or "").rpartition("@")[0]

    def step(self, entry: Any, place: Place) -> Step:
        kind = self._kind(entry, place)
        thing: Thing = entry.get("thing", "code")
        before, after = self._ids(kind, thing, entry, place)
        return Step(
            kind=kind,
            thing=thing,
            before=before,
            after=after,
            author=entry.get("author") or "",
            date=self._date(entry, (*place, "date")),
            reason=entry.get("reason") or "",
        )

    def _kind(self, entry: Any, place: Place) -> StepKind:
        found = [kind for kind in STEP_KINDS if kind in entry]
        if len(found) != 1:
            has = " and ".join(found) or "none of them"
            problem = f"a step is one of {', '.join(STEP_KINDS)}; this has {has}."
            raise self.document.refused(place, problem)
        if "into" in entry and found[0] not in ("merge", "split"):
            problem = f"only a merge and a split lead into something; a {found[0]} does not."
            raise self.document.refused((*place, "into"), problem)
        return found[0]

    def _ids(
        self, kind: StepKind, thing: Thing, entry: Any, place: Place
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of the parent and those of this version."""
        if kind in ("merge", "split"):
            before = self._of_parent(thing, entry[kind])
            return before, self._into(kind, thing, entry, place)
        if kind == "retire":
            return self._of_parent(thing, entry[kind]), ()
        here = self._of_version(thing, entry[kind], (*place, kind))
        return (() if kind == "add" else here), here

    def _into(self, kind: StepKind, thing: Thing, entry: Any, place: Place) -> tuple[str, ...]:
        if "into" not in entry:
            raise self.document.refused(place, f"a {kind} needs “into”: what it leads to.")
        found = self._of_version(thing, entry["into"], (*place, "into"))
        if kind == "merge" and len(found) != 1:
            raise self.document.refused((*place, "into"), "a merge leads into one.")
        if kind == "split" and len(found) < 2:
            raise self.document.refused((*place, "into"), "a split leads into two or more.")
        return found

    def _of_parent(self, thing: Thing, given: str | list[str]) -> tuple[str, ...]:
        return tuple(id_of(self.parent, thing, one) for one in _listed(given))

    def _of_version(self, thing: Thing, given: str | list[str], place: Place) -> tuple[str, ...]:
        """Return the ids of what this version has."""
        found = []
        for n, one in enumerate(_listed(given)):
            own = id_of(self.own, thing, one)
            if (thing, own) not in self.written:
                here = (*place, n) if isinstance(given, list) else place
                raise self.document.refused(here, self._unknown(thing, one))
            found.append(own)
        return tuple(found)

    def _unknown(self, thing: Thing, one: str) -> str:
        other: Thing = "category" if thing == "code" else "code"
        if (other, id_of(self.own, other, one)) in self.written:
            say = f"add “thing: {other}”" if other == "category" else "delete “thing: category”"
            return f"“{one}” is a {other} of this version; {say}."
        known = [written for (kind, _), written in self.written.items() if kind == thing]
        near = get_close_matches(one, known, 1)
        hint = f"did you mean “{near[0]}”?" if near else "write its id as it stands there."
        return f"“{one}” is no {thing} of this version; {hint}"

    def _date(self, entry: Any, place: Place) -> str:
        """Return a date as it is written, with or without quotes."""
        given = self.document.typed.get(place, entry.get("date"))
        if given is None or given == "":
            return ""
        if isinstance(given, str) and _is_date(given):
            return given
        shown = f"“{given[:40]}” is none" if isinstance(given, str) else "this is none"
        problem = f"a date is a day like 2022-03-01, a month or a year; {shown}."
        raise self.document.refused(place, problem)


def _listed(given: str | list[str]) -> list[str]:
    return given if isinstance(given, list) else [given]


def _is_date(text: str) -> bool:
    """Tell whether a text is a day, a month or a year.

    >>> _is_date("2022-03"), _is_date("2022-03-32")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


# --- writing ---------------------------------------------------------------------


def as_data(version: FrameworkVersion, parent: FrameworkVersion | None = None) -> dict[str, Any]:
    """Return the field “steps” of a file; nothing where there are none.

    With the parent at hand its codes are named by their short ids, else those that are
    gone stand there as UUIDs.
    """
    if not version.steps:
        return {}
    after = all_written(version, parent)
    of_parent = (version.parent or "").rpartition("@")[0]
    before = dict(after) if of_parent == version.framework else {}
    if parent is not None and parent.framework == of_parent:
        before |= all_written(parent)
    return {"steps": [_entry(step, before, after) for step in version.steps]}


def _entry(step: Step, before: Written, after: Written) -> dict[str, Any]:
    gone = [before.get((step.thing, one), one) for one in step.before]
    come = [after.get((step.thing, one), one) for one in step.after]
    told: dict[StepKind, dict[str, Any]] = {
        "merge": {"merge": gone, "into": _one_or_all(come)},
        "split": {"split": _one_or_all(gone), "into": come},
        "retire": {"retire": _one_or_all(gone)},
    }
    return {
        **told.get(step.kind, {step.kind: _one_or_all(come)}),
        **({"thing": step.thing} if step.thing != "code" else {}),
        **({"author": step.author} if step.author else {}),
        **({"date": step.date} if step.date else {}),
        **({"reason": step.reason} if step.reason else {}),
    }


def _one_or_all(ids: list[str]) -> str | list[str]:
    return ids[0] if len(ids) == 1 else ids
