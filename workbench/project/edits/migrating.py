"""Codings of one framework version carried to another, and what a person says of the rest.

Nothing changes under the version that they come from. What is carried stands in a run of
its own, and each coding, statement and run there knows which one it came from.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.errors import Refused
from workbench.model.coding import Outcome
from workbench.model.report import ImportReport, counted
from workbench.project.edits.decisions import Said, put_decisions
from workbench.project.edits.indexing import put_run
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.project.runs import settled
from workbench.store import carried, records
from workbench.store.history import Act
from workbench.store.records import Row

if TYPE_CHECKING:
    from workbench.project.migration import Ways

_SAME = ("transcript_version_id", "person_id", "start", "stop", "quote", "uncertain")
_PLACE = ("transcript_version_id", "start", "stop")


@edit("migrate")
def migrate(act: Act, source: str, target: str, *, name: str | None = None) -> ImportReport:
    """Carry the codings of a run, or of the runs that count for a version, to another version.

    Each run gets one of its own under `target`, of the same kind; of one, `name` is its
    name. A coding goes to the one code that its code leads to; where that is another
    definition it is to be looked at again. Where its code leads to several or to none, it
    is a question (see `answer_migration`). A coding that came from the target before goes
    back to the code that it had there. Statements and marks of cells follow.

    Called again it carries what was coded and written since.

    Raises:
        Refused: both are one version, or the source has no run that counts.
    """
    from workbench.project.edits.carrying import follow  # with pandas, which most acts do without
    from workbench.project.migration import Ways

    names = Names(act.connection)
    to = names.version(target)
    runs = _runs(names, source)
    first = names.version(runs[0]["framework_version_id"])
    if first["id"] == to["id"]:
        raise Refused(f"The codings are those of {to['reference']} already. Name another version.")
    if name is not None and len(runs) > 1:
        called = ", ".join(f"“{r['name']}”" for r in runs)
        raise Refused(f"{source} has several runs ({called}). Migrate one by its name to name it.")
    report = ImportReport(f"{first['reference']} to {to['reference']}")
    ways = Ways(act.connection, names)
    for run in runs:
        new = _run_under(act, run, to, name)
        _carry(act, names, ways, run, new, report)
    follow(act, names, ways, first, to).tell(report)
    act.report = report.as_dict()
    done = counted(report.counts.get("codings", 0), "codings")
    asked = sum(o.count for o in report.left_out if o.what == "codings")
    besides = f"; {counted(asked, 'codings')} wait for an answer" if asked else ""
    act.says(f"Migrated {done} from {first['reference']} to {to['reference']}{besides}")
    return report


def _runs(names: Names, source: str) -> list[Row]:
    """Return the run of that name, or the runs that count for the version of that name."""
    connection = names.connection
    named = records.one(connection, "run", name=source) or records.one(connection, "run", id=source)
    if named is not None:
        return [named]
    version = names.version(source)
    runs = settled(connection, version["id"])
    if not runs:
        raise Refused(f"Nothing is coded under {version['reference']} yet, so nothing can move.")
    return runs


def _run_under(act: Act, run: Row, to: Row, name: str | None) -> Row:
    """Return the run under a version that carries on another, made if there is none."""
    of = {"framework_version_id": to["id"], "from_id": run["id"]}
    held = records.one(act.connection, "run", **of)
    if held is not None:
        if name is not None and name != held["name"]:
            raise Refused(f"“{run['name']}” goes on in the run “{held['name']}”. Leave the name.")
        return held
    called = name or f"{run['name']} under {to['reference']}"
    made = put_run(act, called, to, kind=run["kind"], blind=bool(run["blind"]), origin=run)
    (row,) = records.by_ids(act.connection, "run", [made])
    return row


def _carry(
    act: Act, names: Names, ways: "Ways", source: Row, new: Row, report: ImportReport
) -> None:
    """Carry the codings of a run that wait, but for those that only a person can place."""
    connection = act.connection
    first, second = source["framework_version_id"], new["framework_version_id"]
    fates, there = ways.fates(first, second), names.version(second)
    wait = records.by_ids(connection, "coding", carried.waiting(connection, new))
    before = _Before(names, ways, second, wait)
    made, asked = list[dict[str, object]](), Counter[str]()
    for coding in sorted(wait, key=lambda c: str(c["id"])):
        fate, was = fates[coding["code_id"]], before.of(coding)
        looks = [coding["look"]]
        if was is not None:
            code, looks = was["code_id"], [was["look"]]
        elif fate.kind == "carried":
            code = fate.to[0]
            if fate.redefined:
                looks.append(
                    f"the definition of “{ways.code(second, code)}” is another in "
                    f"{there['reference']}"
                )
        else:
            asked[ways.why(first, second, coding["code_id"])] += 1
            continue
        look = "; ".join(dict.fromkeys(filter(None, looks)))
        made.append(carried_coding(coding, new, code, look))
    records.insert(act, "coding", made, checked=False)
    report.count("codings", len(made))
    for why, number in asked.items():
        report.leave_out("codings", why, new["name"], number)
    if look_again := sum(bool(m["look"]) for m in made):
        report.count("codings to look at again", look_again)


def carried_coding(coding: Row, run: Row, code_id: str, look: str = "") -> dict[str, object]:
    """Return the row of a coding carried to a run."""
    return {
        **{n: coding[n] for n in _SAME},
        "run_id": run["id"],
        "code_id": code_id,
        "from_id": coding["id"],
        "look": look,
    }


class _Before:
    """The codings that some came from, as far back as they go."""

    def __init__(self, names: Names, ways: "Ways", version: str, codings: Sequence[Row]) -> None:
        self.ways, self.version = ways, version
        self._codings: dict[str, Row] = {}
        wanted = [c["from_id"] for c in codings if c["from_id"]]
        while wanted:
            found = records.by_ids(names.connection, "coding", wanted)
            self._codings |= {c["id"]: c for c in found}
            wanted = [c["from_id"] for c in found if c["from_id"]]
        runs = records.find(names.connection, "run", "id", "framework_version_id")
        self._under = {r["id"]: str(r["framework_version_id"]) for r in runs}
        here = records.find(
            names.connection, "code_version", "code_id", framework_version_id=version
        )
        self._here = {c["code_id"] for c in here}

    def of(self, coding: Row) -> Row | None:
        """Return the coding of the version that one came from, carried by nothing but rules."""
        while coding["from_id"] is not None:
            was = self._codings[coding["from_id"]]
            if not self._ruled(was, coding):
                return None
            if self._under.get(was["run_id"]) == self.version:
                return was if was["code_id"] in self._here else None
            coding = was
        return None

    def _ruled(self, was: Row, now: Row) -> bool:
        """Whether a coding is where, and of the code that, the steps brought it to."""
        first, second = (self._under.get(c["run_id"]) for c in (was, now))
        if first is None or second is None or any(was[n] != now[n] for n in _PLACE):
            return False
        fate = self.ways.fates(first, second).get(was["code_id"])
        return fate is not None and fate.to == (now["code_id"],)


@edit("answer migration")
def answer_migration(
    act: Act,
    run: str,
    codings: Sequence[str],
    code: str | None,
    reason: str,
    *,
    of: str | None = None,
    words: str | None = None,
    where: Mapping[str, str] | None = None,
) -> int:
    """Say what codings are under the version of a carried run; return how many are answered.

    `codings` are ids; without any, all questions are answered that fit: those of one code
    `of` the old version, with these `words` in the quote, of cases `where` attributes have
    these values. Without a `code` they are nothing there. A coding that was answered before
    gets the new answer.

    Raises:
        Refused: the run was not carried; a coding is none of its source, or was carried by
            the steps; nothing fits.
    """
    from workbench.project.edits.carrying import follow  # with pandas, which most acts do without
    from workbench.project.migration import Ways, carried_run

    names = Names(act.connection)
    new, source = carried_run(names, run)
    there = names.version(new["framework_version_id"])
    to = None if code is None else names.code(there, code)
    ways = Ways(act.connection, names)
    fates = ways.fates(source["framework_version_id"], there["id"])
    chosen = _named(act, names, new, source, codings) if codings else []
    if not codings:
        old = names.version(source["framework_version_id"])
        only = None if of is None else names.code(old, of)["code_id"]
        wait = records.by_ids(act.connection, "coding", carried.waiting(act.connection, new))
        chosen = [c for c in wait if fates[c["code_id"]].kind != "carried"]
        chosen = [c for c in chosen if only in (None, c["code_id"])]
        chosen = [c for c in chosen if (words or "").casefold() in c["quote"].casefold()]
        chosen = _of_cases(act, chosen, where or {})
        if not chosen:
            raise Refused(f"No question of the run “{new['name']}” fits, so nothing is answered.")
    made: list[str | None] = [None] * len(chosen)
    if to is not None:
        rows = [carried_coding(c, new, to["code_id"], c["look"]) for c in chosen]
        made = [*records.insert(act, "coding", rows, checked=False)]
    became = None if to is None else to["code_id"]
    told = [
        Said(c, _outcome(became, fates, c), result) for c, result in zip(chosen, made, strict=True)
    ]
    put_decisions(act, new, told, reason, act.who)
    follow(act, names, ways, names.version(source["framework_version_id"]), there)
    if len(chosen) == 1:
        said = f"is {to['name']}" if to is not None else "is nothing there"
    else:
        said = f"are {to['name']}" if to is not None else "are nothing there"
    what = f"“{short(chosen[0]['quote'])}”" if len(chosen) == 1 else counted(len(chosen), "codings")
    because = f": {reason}" if reason.strip() else ""
    act.says(f"Answered for {there['reference']} that {what} {said}{because}")
    return len(chosen)


def _outcome(code_id: str | None, fates: Mapping[str, object], coding: Row) -> Outcome:
    if code_id is None:
        return "dropped"
    return "kept" if code_id in getattr(fates[coding["code_id"]], "to", ()) else "changed"


def _named(act: Act, names: Names, new: Row, source: Row, ids: Sequence[str]) -> list[Row]:
    """Return codings by their ids; what was answered before for them is taken back."""
    whole = {
        c["id"]: c for c in records.by_ids(act.connection, "coding", ids) if not c["withdrawn"]
    }
    named = (whole.get(i) or names.by_id_start("coding", i) for i in ids)
    found = list({c["id"]: c for c in named}.values())
    over = carried.came(act.connection, str(new["id"]))
    decided = records.by_column(act.connection, "decision", "coding_id", [c["id"] for c in found])
    for coding in found:
        if coding["run_id"] != source["id"]:
            raise Refused(
                f"The coding {coding['id']} is not one of the run “{source['name']}”, which the "
                f"run “{new['name']}” was carried from."
            )
        held = next((d for d in decided[coding["id"]] if d["run_id"] == new["id"]), None)
        if held is None and coding["id"] in over:
            raise Refused(
                f"The coding of “{short(coding['quote'])}” was carried by the steps between the "
                "versions. Change or withdraw the one that it became."
            )
        if held is not None and held["result_id"] is not None:
            records.withdraw(act, "coding", [held["result_id"]])
    return found


def _of_cases(act: Act, codings: list[Row], where: Mapping[str, str]) -> list[Row]:
    """Return the codings that have words of a case with these values of attributes.

    Raises:
        Refused: no case has an attribute of that name.
    """
    from workbench.stages.indexing import cases as indexing_cases
    from workbench.store import frames as stored  # with pandas

    if not where:
        return codings
    cases = stored.cases(act.connection)
    for attribute, value in where.items():
        if attribute not in cases:
            raise Refused(f"No case has an attribute “{attribute}”. See: workbench case list.")
        cases = cases.loc[[str(v) == value for v in cases[attribute]]]
    held = stored.codings(act.connection)
    held = held.loc[held["coding_id"].isin([c["id"] for c in codings])]
    met = indexing_cases.by_case(held, stored.spans(act.connection))
    fitting = set(met.loc[met["case_id"].isin(cases["case_id"]), "coding_id"])
    return [c for c in codings if c["id"] in fitting]


@edit("confirm coding")
def confirm_coding(act: Act, ids: Sequence[str]) -> int:
    """Say that codings still hold under the definition that their code has now; return how many.

    Raises:
        Refused: one of them nobody has to look at again.
    """
    names = Names(act.connection)
    found = {c["id"]: c for c in (names.by_id_start("coding", one) for one in ids)}
    for coding in found.values():
        if not coding["look"]:
            raise Refused(
                f"Nobody has to look again at the coding of “{short(coding['quote'])}”, so there "
                "is nothing to confirm."
            )
        records.update(act, "coding", coding["id"], {"look": ""})
    act.says(f"Confirmed {counted(len(found), 'codings')}")
    return len(found)
