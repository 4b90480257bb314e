"""Agreement of runs, or of coders: what they coded, read once and compared."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from sqlalchemy.engine import Connection

from workbench.checks.agreement import table
from workbench.checks.agreement.bands import parsed
from workbench.checks.agreement.compared import RESAMPLES, SEED, UNITS, Choices, Compared, Unit
from workbench.checks.agreement.differences import differences as listed
from workbench.checks.agreement.sentences import sentences
from workbench.errors import AmbiguousName, BadValue, Refused, UnknownName
from workbench.model import frames
from workbench.model.coding import choice_of
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.runs import begun, settled
from workbench.project.transcript_page import visible_to
from workbench.store import frames as stored
from workbench.store import passages, records
from workbench.store.records import Row

MOST_DRAWS = 10_000
"""Draws for intervals: more would take memory and make them no better."""


def agreement(
    project: Project,
    runs: Sequence[str] = (),
    *,
    unit: Unit = "turn",
    coders: Sequence[str] = (),
    framework: str | None = None,
    transcripts: Collection[str] = (),
    interviewer: bool = True,
    uncoded: bool = True,
    children: bool = False,
    unite: bool = True,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    bands: str = "",
) -> pd.DataFrame:
    """Return how far runs agree: a row a code, then a category, then overall.

    The sides are the runs; with `coders`, these people in the runs; of one run, its
    coders. Without runs, the independent ones of the framework version that were begun are
    compared.
    Transcripts count that two sides or more looked at: finished, or coded something in.

    The units are `unit`: case, turn, sentence, character or continuum; without
    `interviewer`, turns and sentences of interviewers are left out. `uncoded`, `children`,
    `unite`, `resamples` and `seed` are those of `compared.Choices`; `bands` names bands or
    gives own ones (`bands.parsed`). Columns are those of `frames.AGREEMENT` and of the
    coefficients; `attrs` says of what the numbers are, `attrs["evidence"]` maps (`of`,
    side) to coding ids.

    Raises:
        Refused: there are not two sides, they are of different framework versions, or a run
            is blind and of somebody else.
        UnknownName: there is no such run, person or transcript.
        BadValue: there is no such unit, or the bands, draws or seed are none.
    """
    if not 0 <= resamples <= MOST_DRAWS:
        raise BadValue("The number of draws", resamples, f"0 to {MOST_DRAWS}")
    if seed < 0:
        raise BadValue("The seed", seed, "0 or more")
    chosen = Choices(uncoded, children, unite, resamples, seed, parsed(bands) if bands else None)
    with project.reading() as connection:
        held = _Held(connection, project.who, runs, coders, framework, transcripts)
        found = table.agreement(held.compared(unit, interviewer=interviewer), unit, chosen)
        return held.told(found, interviewer=interviewer)


def compared_rows(
    project: Project,
    runs: Sequence[str] = (),
    *,
    coders: Sequence[str] = (),
    framework: str | None = None,
    transcripts: Collection[str] = (),
) -> pd.DataFrame:
    """Return what the rows of `agreement` are, without its numbers, which take longer.

    `attrs` says which `sides` and `runs` are compared.

    Raises:
        Refused, UnknownName: as `agreement`.
    """
    with project.reading() as connection:
        held = _Held(connection, project.who, runs, coders, framework, transcripts)
        found = table.labels(held.compared("character", interviewer=True))
        found.attrs["sides"] = tuple(held.sides)
        return held.told(found, interviewer=True)


def agreement_by_pair(
    project: Project, runs: Sequence[str] = (), *, unit: Unit = "turn", **options: object
) -> pd.DataFrame:
    """Return the rows of `agreement` for each two sides, without intervals: pair by pair.

    Columns `side` and `other` stand in front. `options` are those of `agreement`, without
    `resamples`, `seed` and `bands`.
    """
    known = ("coders", "framework", "transcripts")
    sides = {name: options.pop(name) for name in known if name in options}
    interviewer = bool(options.pop("interviewer", True))
    chosen = Choices(**options, resamples=0)  # type: ignore[arg-type]  # those of Choices
    with project.reading() as connection:
        held = _Held(connection, project.who, runs, **sides)  # type: ignore[arg-type]  # as above
        whole = held.compared(unit, interviewer=interviewer)
        parts = []
        for pair in combinations(held.sides, 2):
            two = Compared(
                pair, whole.codings, whole.looked, whole.transcripts, whole.codes, whole.stretches
            )
            part = table.agreement(two, unit, chosen)
            part.insert(0, "side", pair[0])
            part.insert(1, "other", pair[1])
            parts.append(part)
        attrs = {**parts[0].attrs, "sides": tuple(held.sides)}
        for part in parts:
            part.attrs = {}
        found = pd.concat(parts, ignore_index=True)
        found.attrs = {k: v for k, v in attrs.items() if k not in ("evidence", "transcripts")}
        return held.told(found, interviewer=interviewer)


DIFFERENCES = (
    "kind",
    "transcript",
    "start",
    "stop",
    "code",
    "other",
    "shared",
    "together",
    "words",
    "decided",
    "choice",
    "reason",
)
"""The columns of `differences` that a person reads; ids stand behind them."""


def differences(
    project: Project,
    runs: Sequence[str] = (),
    *,
    coders: Sequence[str] = (),
    framework: str | None = None,
    transcripts: Collection[str] = (),
) -> pd.DataFrame:
    """Return what two sides coded differently, one row each, by place, with its words.

    Columns are `DIFFERENCES` and those of `frames.DIFFERENCES`. `decided` says whether a run of
    consensus has decided on each of its codings, `choice` and `reason` how (see
    `edits.decide_difference`; empty where the decisions are none of its choices). Sides are
    those of `agreement`, and must be two. `attrs` says which they are, and in `same` how many
    codings are alike.

    Raises:
        Refused, UnknownName: as `agreement`.
        BadValue: there are more than two sides.
    """
    with project.reading() as connection:
        held = _Held(connection, project.who, runs, coders, framework, transcripts)
        compared = held.compared("character", interviewer=True)
        found = listed(compared)
        name = compared.transcripts.set_index("transcript_version_id")["transcript"]
        code = compared.codes.set_index("code_id")["code"]
        version = found["transcript_version_id"]
        decided = {str(d["coding_id"]): d for d in records.find(connection, "decision")}
        ids = list(zip(found["codings"], found["other_codings"], strict=True))
        out = found.assign(
            transcript=version.map(name),
            code=found["code_id"].map(code).fillna(""),
            other=found["other_id"].map(code).fillna(""),
            words=_words(connection, found),
            decided=[all(c in decided for c in (*one, *other)) for one, other in ids],
            choice=pd.Series([_choice(decided, *sides) for sides in ids], dtype="str"),
            reason=pd.Series([_reason(decided, *sides) for sides in ids], dtype="str"),
        )
        rest = [c for c in out.columns if c not in DIFFERENCES]
        out = out[[*DIFFERENCES, *rest]]
        out.attrs = {
            "sides": tuple(held.sides),
            "same": found.attrs["same"],
            "framework": held.reference,
            "runs": [str(r["name"]) for r in held.runs],
            "unplaced": len(held.waiting),
        }
        return out


def difference_with(
    project: Project,
    coding: str,
    runs: Sequence[str] = (),
    *,
    coders: Sequence[str] = (),
    framework: str | None = None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codings of either side of the difference that a coding is in.

    `coding` is an id, or how it begins or ends; or where the difference starts, as
    TRANSCRIPT:START. The other arguments are those of `differences`.

    Raises:
        UnknownName: the coding is in none of the differences, or none starts there.
        AmbiguousName: several start there.
        Refused, UnknownName, BadValue: as `differences`.
    """
    found = differences(project, runs, coders=coders, framework=framework)
    transcript, colon, start = coding.rpartition(":")
    if colon:
        here = (found["transcript"] == transcript) & (found["start"].astype("str") == start)
    else:
        with project.reading() as connection:
            wanted = str(Names(connection).by_id_start("coding", coding)["id"])
        both = zip(found["codings"], found["other_codings"], strict=True)
        here = pd.Series([wanted in (*one, *other) for one, other in both], dtype="bool")
    at = np.flatnonzero(here)
    if not len(at):
        hint = "“workbench differences” lists them, and the coding of each."
        raise UnknownName("difference with the coding", coding, hint=hint)
    if colon and len(at) > 1:
        first = ((*found["codings"][n], *found["other_codings"][n])[0] for n in at)
        some = [str(coding_id)[-8:] for coding_id in first]
        raise AmbiguousName("difference", coding, some)
    one, other = (found[side][at[0]] for side in ("codings", "other_codings"))
    return tuple(one), tuple(other)


Decisions = Mapping[str, Row]
"""Coding → what was decided on it last."""
Ids = Sequence[str]


def _choice(decided: Decisions, one: Ids, other: Ids) -> str:
    """Return what was chosen of a difference; nothing before, or where it is no choice."""
    if not all(c in decided for c in (*one, *other)):
        return ""
    outcomes = ([str(decided[c]["outcome"]) for c in side] for side in (one, other))
    return choice_of(*outcomes) or ""


def _reason(decided: Decisions, one: Ids, other: Ids) -> str:
    """Return the reasons of what was decided on a difference, each once."""
    said = (str(decided[c]["reason"]) for c in (*one, *other) if c in decided)
    return "; ".join(dict.fromkeys(filter(None, said)))


def _words(connection: Connection, places: pd.DataFrame) -> list[str]:
    """Return the words of each place."""
    wanted = sorted(set(places["transcript_version_id"]))
    rows = records.by_ids(connection, "transcript_version", wanted, "id", "text")
    text = {str(r["id"]): str(r["text"]) for r in rows}
    columns = (places[c] for c in ("transcript_version_id", "start", "stop"))
    return [text[version][start:stop] for version, start, stop in zip(*columns, strict=True)]


class _Held:
    """What is compared, read once."""

    def __init__(
        self,
        connection: Connection,
        who: str,
        runs: Sequence[str] = (),
        coders: Sequence[str] = (),
        framework: str | None = None,
        transcripts: Collection[str] = (),
    ) -> None:
        self.connection, self.names = connection, Names(connection)
        self.runs = self._runs(who, runs, coders, framework)
        self.version = self._version()
        self.reference = next(
            v["reference"] for v in self.names.versions() if v["id"] == self.version
        )
        self.texts = stored.transcripts(connection)
        if transcripts:
            chosen = [str(self.names.transcript(name)["id"]) for name in transcripts]
            keep = self.texts["transcript_version_id"].isin(chosen)
            self.texts = self.texts.loc[keep].reset_index(drop=True)
        ids = [str(r["id"]) for r in self.runs]
        every = stored.compared_codings(connection, runs=ids)
        here = every["transcript_version_id"].isin(self.texts["transcript_version_id"])
        self.codings = every.loc[here].reset_index(drop=True)
        now = passages.corrected(connection)
        older = every.loc[~here].assign(
            transcript_version_id=[now.get(v, v) for v in every["transcript_version_id"][~here]]
        )
        placed = older["transcript_version_id"].isin(self.texts["transcript_version_id"])
        self.waiting = older.loc[placed].reset_index(drop=True)
        self.by_coder = bool(coders) or len(self.runs) == 1
        self.together: list[str] = []
        self.sides = self._sides(coders)

    def _runs(
        self, who: str, runs: Sequence[str], coders: Sequence[str], framework: str | None
    ) -> list[Row]:
        seen = {r["id"] for r in visible_to(self.connection, who, None)}
        if runs:
            found = [self.names.run(name) for name in dict.fromkeys(runs)]
            for run in found:
                if run["id"] not in seen:
                    raise Refused(
                        f"The run “{run['name']}” is blind and somebody else's. It is compared "
                        "when all have finished its round, or a run of consensus has begun."
                    )
            return found
        version = self.names.version(framework)["id"]
        found = [
            r
            for r in records.find(self.connection, "run", framework_version_id=version)
            if r["kind"] == "independent" and r["id"] in seen
            if begun(self.connection, str(r["id"]))
        ]
        if not found or (len(found) == 1 and not coders):
            found = [r for r in settled(self.connection, version) if r["id"] in seen]
        if not found:
            raise Refused("There is no run to compare. Code something, or name the runs.")
        return found

    def _version(self) -> str:
        versions = {str(r["framework_version_id"]) for r in self.runs}
        if len(versions) > 1:
            raise Refused(
                "The runs index with different framework versions. Compare runs of one version, "
                "or migrate a run first."
            )
        return versions.pop()

    def _sides(self, coders: Sequence[str]) -> list[str]:
        if coders:
            found = [str(self.names.person(name)["handle"]) for name in dict.fromkeys(coders)]
        elif len(self.runs) == 1:
            found = sorted(self.codings["coder"].unique())
        else:
            found = [str(r["name"]) for r in self.runs]
        if len(found) < 2:
            raise Refused(
                "Agreement is of two runs, or of two coders in one run. Name another run, or start "
                "an independent one."
            )
        return found

    def compared(self, unit: Unit, *, interviewer: bool) -> Compared:
        """Return what the table of agreement is made of."""
        if unit not in UNITS:
            raise BadValue("The unit of agreement", unit, f"one of {', '.join(UNITS)}")
        if not interviewer and unit not in ("turn", "sentence"):
            raise BadValue("The unit without interviewers", unit, "turn or sentence")
        name = {r["id"]: r["name"] for r in self.runs}
        side = self.codings["coder"] if self.by_coder else self.codings["run_id"].map(name)
        found = Compared(
            self.sides,
            self.codings.assign(side=side),
            self._looked(name),
            self.texts,
            stored.codes(self.connection, self.version),
            self._stretches(unit, interviewer=interviewer),
        )
        both = found.present.sum(axis=1) >= 2
        self.together = [str(t) for t in self.texts["transcript"][both]]
        if not self.together:
            raise Refused(
                "No two of the sides looked at the same transcript, so that there is nothing to "
                "compare. Finish a transcript in two runs, or name others."
            )
        return found

    def _looked(self, name: dict[str, str]) -> pd.DataFrame:
        """Return which side finished a transcript, or coded something in a version of it."""
        done = stored.finished(self.connection, list(name))
        of = ["coder" if self.by_coder else "run_id", "transcript_version_id"]
        coded = pd.concat([self.codings[of], self.waiting[of]]).drop_duplicates()
        by = name
        if self.by_coder:
            handle = {p["id"]: p["handle"] for p in records.find(self.connection, "person")}
            by = {r["id"]: handle.get(r["person_id"], "") for r in self.runs}
        both = {
            "side": [
                *(coded[of[0]] if self.by_coder else coded[of[0]].map(name)),
                *done["run_id"].map(by),
            ],
            "transcript_version_id": [
                *coded["transcript_version_id"],
                *done["transcript_version_id"],
            ],
        }
        return pd.DataFrame(both, dtype="str").drop_duplicates(ignore_index=True)

    def _stretches(self, unit: Unit, *, interviewer: bool) -> pd.DataFrame | None:
        if unit in ("character", "continuum"):
            return None
        if unit == "case":
            spans = stored.spans(self.connection)
            number = pd.factorize(spans["case_id"])[0].astype(np.int64)
            return spans.assign(unit=number)[list(frames.STRETCHES)]
        turns = stored.turns(self.connection)
        spoken = turns["stop"] > turns["words_start"]
        if not interviewer:
            spoken &= turns["role"] != "interviewer"
        if unit == "sentence":
            with_turns = set(turns["transcript_version_id"].unique())
            return self._sentences(turns.loc[spoken], with_turns)
        turns = turns.loc[spoken]
        return pd.DataFrame(
            {
                "unit": np.arange(len(turns), dtype=np.int64),
                "transcript_version_id": turns["transcript_version_id"].array,
                "start": turns["words_start"].array,
                "stop": turns["stop"].array,
            }
        )

    def _sentences(self, turns: pd.DataFrame, with_turns: Collection[str]) -> pd.DataFrame:
        """Return the sentences of turns, or of texts without any, as `frames.STRETCHES`."""
        wanted = set(self.texts["transcript_version_id"])
        ends = turns[["words_start", "stop"]].to_numpy()
        within = {
            version: np.sort(ends[rows], axis=0)
            for version, rows in turns.groupby("transcript_version_id", sort=False).indices.items()
        }
        none = np.empty((0, 2), np.int64)
        versions, found = [], [none]
        for version, text in passages.current_texts(self.connection):
            if version in wanted:
                whole = none if version in with_turns else np.array([[0, len(text)]])
                spans = sentences(text, within.get(version, whole))
                versions.append((version, len(spans)))
                found.append(spans)
        names, sizes = zip(*versions, strict=True) if versions else ((), ())
        start, stop = np.concatenate(found).T
        return pd.DataFrame(
            {
                "unit": np.arange(len(start), dtype=np.int64),
                "transcript_version_id": pd.Series(names, dtype="str").repeat(list(sizes)).array,
                "start": start,
                "stop": stop,
            }
        )

    def told(self, found: pd.DataFrame, *, interviewer: bool) -> pd.DataFrame:
        """Say in `attrs` of what the numbers are."""
        found.attrs |= {
            "framework": self.reference,
            "runs": [str(r["name"]) for r in self.runs],
            "transcript_names": self.together,
            "interviewer": interviewer,
            "unplaced": len(self.waiting),
            "drift": self._drift(),
        }
        return found

    def _drift(self) -> str:
        """Return the handle of the coder whose own runs are compared; nothing where it is none."""
        people = {r["person_id"] for r in self.runs}
        if self.by_coder or len(people) != 1 or None in people:
            return ""
        (person,) = records.by_ids(self.connection, "person", list(people), "handle")
        return str(person["handle"])
