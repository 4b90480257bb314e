"""Two copies on their way to being one: the rows of three states, what is asked, what comes out."""

from collections.abc import Iterable

from workbench.project.merging.bundles import Columns
from workbench.project.merging.planned import Answer, At, Kind, Plan, Question, Rows, State
from workbench.project.merging.rules import Row


class Joined:
    """What the rooms of a merge work on, one after the other."""

    def __init__(
        self, base: State, mine: State, theirs: State, answer: Answer, held: State | None = None
    ) -> None:
        """Take the three states; `held` has live rows that nobody touched, for their places."""
        self.base, self.mine, self.theirs = base, mine, theirs
        self.answer, self.held = answer, held or {}
        self.taken: dict[At, tuple[str, Columns]] = {}
        """Row of a bundle → the side from which it comes, and its columns that do."""
        self.left: set[At] = set()
        """The rows of theirs that an earlier merge did not take over."""
        self.code_at: dict[tuple[object, object], str] = {}
        """Framework version and code → the row of the code there, of those that were touched."""
        self.plan = Plan(theirs=theirs)
        self.final: State = {}

    def ask(
        self, kind: Kind, table: str, row_id: str, columns: Iterable[str], mine: Row, theirs: Row
    ) -> str:
        """Return the answer to a question; for now what is here, or that names are one."""
        question = Question(kind, table, row_id, tuple(columns), mine, theirs)
        said = self.answer(question)
        self.plan.questions.append(question)
        if said is None:
            self.plan.unanswered.append(question)
        return said or question.choices[0]

    def find(self, table: str, row_id: str, state: State) -> Row | None:
        """Return a row as it is in a state, or as it is where nobody touched it."""
        return state.get(table, {}).get(row_id) or self.held.get(table, {}).get(row_id)

    def new(self, table: str, state: State) -> Rows:
        """Return the live rows that a side made since the copies parted."""
        base = self.base.get(table, {})
        return {
            i: r for i, r in state.get(table, {}).items() if not r["withdrawn"] and i not in base
        }


def place(here: Row) -> Row:
    """Return the place in its list that a row has here, if it is in one."""
    return {"position": here["position"]} if "position" in here else {}
