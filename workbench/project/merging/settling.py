"""A merge is tried until what comes out keeps the laws: what does not fit becomes a question."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.errors import Refused
from workbench.project.merging.bundles import Bundle, add_to
from workbench.project.merging.planned import Answer, At, Plan, Trouble
from workbench.project.merging.sides import Sides
from workbench.project.merging.writing import tell_steps_anew, write_plan
from workbench.project.names import Names
from workbench.store import records, standing
from workbench.store.history import Act

_TRIALS = 60


@dataclass(slots=True)
class Settling:
    """Makes the plan of one merge, in the transaction of its act."""

    act: Act
    there: Connection
    sides: Sides
    answer: Answer
    name: str
    """What the other copy is called."""

    unfounded: set[At] = field(init=False)
    """What rests on no words already, on either side."""

    def __post_init__(self) -> None:
        """Look what rests on no words."""
        here, there = self.act.connection, self.there
        self.unfounded = standing.unsupported(here) | standing.unsupported(there)

    def settled(self, *, keep: bool) -> Plan:
        """Return the plan of the merge; what it does is done where it is to be kept.

        It is kept only where every question has its answer.

        Raises:
            Refused: what would come out breaks a law, whichever side is taken.
        """
        bundles: dict[At, Bundle] = {}
        for _ in range(_TRIALS):
            plan = self.sides.plan(self.answer, bundles.values())
            troubles = list(plan.troubles) or self._tried(plan, keep=keep)
            if not troubles:
                return plan
            if not add_to(bundles, troubles, self.sides.here, plan.theirs):
                break
        raise _broken(troubles)

    def _tried(self, plan: Plan, *, keep: bool) -> list[Trouble]:
        """Write a plan, look what does not stand, and take it back where it is not to be kept."""
        now = self.act
        trial = Act(now.connection, now.seq, now.who, now.verb)
        nested = now.connection.begin_nested()
        try:
            write_plan(trial, self.there, self.sides, plan)
            odd = tell_steps_anew(trial, plan.drafts)
            troubles = [*self._unled(odd), *self._standing(), *self._lawless()]
        except sa.exc.IntegrityError as error:
            nested.rollback()
            raise Refused(
                f"{self.name} cannot be merged: two things would be one, or go by one name. "
                "Give one of them another name on either side, and merge again."
            ) from error
        if troubles or plan.unanswered or not keep:
            nested.rollback()
            return troubles
        nested.commit()
        now.made += trial.made
        now.row_digests += trial.row_digests
        now.changed += trial.changed
        return []

    def _unled(self, versions: list[str]) -> Iterator[Trouble]:
        return (Trouble("version", "framework_version", i) for i in versions)

    def _standing(self) -> Iterator[Trouble]:
        """Yield what does not hold of attributes, ladders and evidence."""
        connection, seq = self.act.connection, self.act.seq
        for _, attribute, value in standing.odd_values(connection, seq):
            yield Trouble("type", "attribute", attribute, (("attribute_value", value),))
        for ladder, edge in standing.falling_edges(connection, seq):
            yield Trouble("levels", "ladder", ladder, (("node_edge", edge),))
        bare = {("link", i) for i in standing.bare_links(connection, seq)}
        for table, row_id in sorted(bare | standing.unsupported(connection) - self.unfounded):
            yield Trouble("evidence", table, row_id, self._cited(table, row_id))

    def _cited(self, table: str, row_id: str) -> tuple[At, ...]:
        of = {f"{table}_id": row_id}
        cited = records.find(self.act.connection, f"{table}_evidence", "coding_id", **of)
        return tuple(("coding", str(one["coding_id"])) for one in cited)

    def _lawless(self) -> Iterator[Trouble]:
        """Yield what breaks a law otherwise."""
        from workbench.project import laws  # loads pandas, which other acts do without

        for found in laws.of_the_work(self.act.connection):
            if found.severity == "broken":
                yield self._of_law(found.what, found.thing, found.sentence())

    def _of_law(self, what: str, thing: str, sentence: str) -> Trouble:
        if what == "framework":
            versions = Names(self.act.connection).versions()
            of = next((str(v["id"]) for v in versions if v["reference"] == thing), thing)
            return Trouble("version", "framework_version", of, sentence=sentence)
        if what in ("statement", "link", "finding"):
            return Trouble("evidence", what, thing, self._cited(what, thing), sentence)
        if what == "cell":
            held = records.find(self.act.connection, "statement", "id", cell_id=thing)
            rows = ("cell", thing), *(("statement", str(s["id"])) for s in held)
            return Trouble("cell", "cell", thing, rows, sentence)
        return Trouble("words", what, thing, sentence=sentence)


def _broken(troubles: list[Trouble]) -> Refused:
    """Return the refusal of what stands on neither side alone: it was broken before."""
    said = [t.sentence for t in troubles if t.sentence]
    sentence = said[0] if said else "What they hold does not fit together."
    return Refused(
        f"The two copies cannot be one as they are. {sentence} Settle it on either side, and "
        "merge again."
    )
