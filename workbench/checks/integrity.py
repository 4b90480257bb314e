"""The ten laws, held against what a project contains.

Each function judges one law over plain rows and returns findings. A finding is *broken*
when the law is violated, and *open* when a person still has something to decide.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from workbench.model.framework import FrameworkVersion
from workbench.model.link import NEEDS_EVIDENCE
from workbench.model.transcript import sha256

LAWS = {
    1: "Positions cannot drift",
    2: "Text never changes in place",
    3: "A released framework version never changes",
    4: "Nothing is deleted, everything is undoable",
    5: "Evidence ids travel with every number",
    6: "Counts are of cases",
    7: "Silence has kinds",
    8: "Imports report",
    9: "Same act, three doors",
    10: "A number says what it is of",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a law says of the project: what, which, and what is wrong."""

    law: int
    what: str
    thing: str
    problem: str
    severity: Literal["broken", "open"] = "broken"

    @property
    def of_law(self) -> str:
        """What the law is called."""
        return LAWS[self.law]

    def sentence(self) -> str:
        """Return the finding as a person reads it."""
        return f"Law {self.law} ({self.of_law}): {self.what} {self.thing} {self.problem}."


def positions(
    name: str, text: str, turns: Iterable[Sequence[Any]], codings: Iterable[Sequence[Any]]
) -> list[Finding]:
    """Law 1: each quote equals its slice, each turn lies in the text.

    `turns` are (speaker, start, words_start, stop, …), `codings` (id, start, stop, quote).
    """
    found = [
        Finding(1, "coding", str(coding_id), f"does not quote “{name}” {start}:{stop}")
        for coding_id, start, stop, quote in codings
        if text[start:stop] != quote or not 0 <= start < stop <= len(text)
    ]
    last = 0
    for number, (_, start, words, stop, *_) in enumerate(turns, 1):
        if not last <= start <= words <= stop <= len(text):
            found.append(Finding(1, "turn", f"{number} of “{name}”", "does not lie in the text"))
        last = stop
    if "\r" in text or text.startswith("\ufeff"):
        found.append(Finding(1, "text", f"“{name}”", "holds CR line ends or a byte order mark"))
    return found


def texts_unchanged(
    name: str, text: str, stated: str, length: int, originals: Sequence[tuple[bytes, str]]
) -> list[Finding]:
    """Law 2: the text has the hash it was stored with, and so have the original bytes."""
    found = []
    if sha256(text) != stated or len(text) != length:
        found.append(Finding(2, "text", f"“{name}”", "is not the text that was stored"))
    if not originals:
        found.append(Finding(2, "text", f"“{name}”", "has lost its original file"))
    for content, kept in originals:
        if hashlib.sha256(content).hexdigest() != kept:
            found.append(Finding(2, "original", f"of “{name}”", "is not the file that came in"))
    return found


def kept_unchanged(files: Iterable[tuple[str, bytes, str]]) -> list[Finding]:
    """Law 2: a picture or recording that is kept has the hash that it came with."""
    return [
        Finding(2, "kept file", f"of “{name}”", "is not the file that came in")
        for name, content, kept in files
        if hashlib.sha256(content).hexdigest() != kept
    ]


def released_unchanged(versions: Iterable[FrameworkVersion]) -> list[Finding]:
    """Law 3: every released framework version still has the hash of its release."""
    return [
        Finding(3, "framework", v.reference, "was changed after its release")
        for v in versions
        if v.state == "released" and v.content_hash() != v.sha256
    ]


def steps_exact(problems: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Law 3: the steps of a version, applied to its parent, give exactly the version.

    `problems` has the sentences of `stages.framework.steps.apply` by name@version.
    """
    return [
        Finding(3, "framework", reference, f"is not what its steps make of its parent: {said}")
        for reference, sentences in problems.items()
        for said in [sentence.removesuffix(".") for sentence in sentences[:1]]
    ]


def nothing_deleted(
    noted: Counter[tuple[int, str]],
    found: Counter[tuple[int, str]],
    sequence: Sequence[int],
    newest: int,
    altered_triggers: Collection[str],
) -> list[Finding]:
    """Law 4: every row that an act made is there, no act is missing, the guards stand.

    `newest` is the number of the newest act by what is noted outside the history, so that
    a history without its end shows.
    """
    findings = [
        Finding(
            4,
            "act",
            str(seq),
            f"made {noted[(seq, table)]} rows of {table}, and {found[(seq, table)]} are there",
        )
        for seq, table in sorted(noted.keys() | found.keys())
        if noted[(seq, table)] != found[(seq, table)]
    ]
    gaps = sorted(set(range(1, max([newest, *sequence]) + 1)) - set(sequence))
    findings += [Finding(4, "act", str(seq), "is missing from the history") for seq in gaps]
    findings += [
        Finding(4, "guard", name, "is gone from the database, or says something else")
        for name in altered_triggers
    ]
    return findings


def history_agrees(differing: Iterable[tuple[str, str, str]]) -> list[Finding]:
    """Law 4: rows are what the history says (`store.audit.differing_from_log`)."""
    return [Finding(4, table, row_id, problem) for table, row_id, problem in differing]


def seals_hold(
    acts: Iterable[Sequence[Any]],
    anchor: Sequence[Any] | None,
    told: Collection[tuple[str, str]] = (),
) -> list[Finding]:
    """Law 4: what each act made and logged still has the digest that it was sealed with.

    `acts` are (seq, digest of the act before, digest of its rows, digest, both as they would
    be today, (table, row id) of rows that are not as it made them), in order; the digests
    are empty where an act has no seal. `anchor` is (newest act, its digest, …). `told` has
    the things of which another finding tells already, and which are left out.
    """
    found: list[Finding] = []
    before: tuple[int, str] = (0, "")
    for seq, follows, rows, digest, rows_today, digest_today, odd in acts:
        act = str(seq)
        if not digest:
            found.append(Finding(4, "act", act, "has no seal"))
            continue
        if rows != rows_today:
            found += [Finding(4, t, i, f"is not as act {act} made it") for t, i in odd]
            if not odd:
                found.append(Finding(4, "act", act, "lacks rows that it was sealed with"))
        if digest != digest_today:
            problem = "is not as it was sealed: its entry, its report or what it logged"
            found.append(Finding(4, "act", act, problem))
        if before[0] == seq - 1 and before[1] != follows:
            found.append(Finding(4, "act", act, "does not follow on the seal of the act before"))
        before = (seq, digest)
    if anchor is None:
        found.append(Finding(4, "anchor", "", "of the history is gone"))
    elif before[0] >= anchor[0] and before != tuple(anchor[:2]):
        problem = f"is not the newest act that the project notes, which is {anchor[0]}"
        found.append(Finding(4, "act", str(before[0]), f"{problem}, or has another seal"))
    return [f for f in found if (f.what, f.thing) not in told]


def codings_placed(waiting: Iterable[tuple[str, str]]) -> list[Finding]:
    """Law 2: (id, transcript) of codings whose words were corrected: a person must place them."""
    return [
        Finding(
            2,
            "coding",
            coding,
            f"waits for a place in the corrected text of “{name}”: place or withdraw it",
            severity="open",
        )
        for coding, name in waiting
    ]


def references_resolve(dangling: Iterable[tuple[str, str, str]]) -> list[Finding]:
    """Law 4: no row refers to one that is gone (table, row id, column)."""
    return [
        Finding(4, table, row_id, f"refers by {column} to a row that is gone")
        for table, row_id, column in dangling
    ]


def quotations_founded(on_withdrawn: Iterable[tuple[str, str]]) -> list[Finding]:
    """Law 5: a report quotes words that are coded; (id, number) of those that are not.

    They are open: a person must find the quotation other words.
    """
    return [
        Finding(
            5,
            "quotation",
            quotation,
            f"{number} quotes a coding that was withdrawn: enter other words under its number",
            severity="open",
        )
        for quotation, number in on_withdrawn
    ]


def statements_founded(
    statements: pd.DataFrame,
    evidence: pd.DataFrame,
    words: Mapping[tuple[str, str], Collection[str]],
) -> list[Finding]:
    """Law 5: summaries and verbatims cite words of their case, verbatims in these words.

    `statements` and `evidence` are `frames.STATEMENTS` and `frames.EVIDENCE`; `words`
    maps (case id, coding id) to the case's own words in the coding, withdrawn codings
    too. A statement whose codings were all withdrawn is open: a person must find it
    new words.
    """
    cited: dict[str, list[str]] = {}
    live: Counter[str] = Counter()
    for row in evidence.itertuples():
        cited.setdefault(str(row.statement_id), []).append(str(row.coding_id))
        live[str(row.statement_id)] += not row.withdrawn
    found = []
    for row in statements.itertuples():
        key, kind, case = str(row.statement_id), str(row.kind), str(row.case_id)
        if kind == "comment":
            continue
        said = [words.get((case, coding), ()) for coding in cited.get(key, ())]
        if key not in cited:
            found.append(Finding(5, "statement", key, "cites no coding"))
        elif not all(said):
            found.append(Finding(5, "statement", key, "cites words that are not its case's"))
        elif kind == "verbatim" and not any(str(row.text) in w for many in said for w in many):
            found.append(Finding(5, "statement", key, "is not in the words that it cites"))
        elif not live[key]:
            found.append(
                Finding(5, "statement", key, "cites only withdrawn codings", severity="open")
            )
    return found


def own_statements_founded(ids: Iterable[str]) -> list[Finding]:
    """Law 5: so does what one person writes in a round of charting; `ids` cite nothing."""
    return [Finding(5, "own statement", one, "cites no coding") for one in ids]


def links_founded(
    link_list: pd.DataFrame, link_evidence: pd.DataFrame, once_supported: Collection[str] = ()
) -> list[Finding]:
    """Law 5: a link on the word of participants cites at least one coding for it.

    `link_evidence` has the codings that are live. `once_supported` has the links that
    cite a withdrawn coding: where no other is left, a person must find the link new words.
    """
    supported = set(link_evidence.loc[link_evidence["stance"] == "for", "link_id"])
    found = []
    for row in link_list.itertuples():
        if not NEEDS_EVIDENCE & set(str(row.basis).split(",")) or row.link_id in supported:
            continue
        if row.link_id in once_supported:
            problem = "rests on participants and cites only withdrawn codings for it"
            found.append(Finding(5, "link", str(row.link_id), problem, severity="open"))
        else:
            problem = "rests on participants and cites no coding for it"
            found.append(Finding(5, "link", str(row.link_id), problem))
    return found


def findings_founded(finding_list: pd.DataFrame, evidence: pd.DataFrame) -> list[Finding]:
    """Law 5: a finding that is about no node cites a coding for it; none cites what is gone.

    `finding_list` and `evidence` are `frames.FINDING_LIST` and `frames.FINDING_EVIDENCE`.
    All of it is open: a person must find the finding words, or withdraw it.
    """
    lost = evidence.loc[evidence["withdrawn"].astype(bool)]
    speaking = evidence.drop(index=lost.index)
    supported = set(speaking.loc[speaking["stance"] == "for", "finding_id"])
    unsaid = finding_list.loc[finding_list["node_id"] == "", "finding_id"]
    return [
        *(
            Finding(5, "finding", str(i), "cites no coding for it", severity="open")
            for i in unsaid
            if i not in supported
        ),
        *(
            Finding(5, "finding", str(i), f"cites {c} {s} it, which was withdrawn", severity="open")
            for i, c, s in zip(lost["finding_id"], lost["coding_id"], lost["stance"], strict=True)
        ),
    ]


def verifications_stand(stale: Iterable[str]) -> list[Finding]:
    """Law 5: the words are where they were when they were verified; ids of entries not so."""
    problem = "is of words that changed since: verify them again, or withdraw it"
    return [Finding(5, "verification", i, problem, severity="open") for i in stale]


def cases_counted(
    cited: Iterable[str], coding_cases: Mapping[str, Collection[str]], spans: pd.DataFrame
) -> list[Finding]:
    """Law 6: every coding that a statement, link or finding cites is of a case's words.

    `coding_cases` maps coding ids to the cases whose words they are of; `spans` is
    `frames.SPANS`, of which no two of one case may overlap: it would count twice.
    """
    found = [
        Finding(6, "coding", coding, "is cited, but is of no case's words, so no case counts")
        for coding in sorted(set(cited))
        if not coding_cases.get(coding)
    ]
    ordered = spans.sort_values(["case_id", "transcript_version_id", "start"])
    place = list(zip(ordered["case_id"], ordered["transcript_version_id"], strict=True))
    stretches = zip(ordered["start"], ordered["stop"], strict=True)
    before: tuple[tuple[str, str], int] | None = None
    for where, (start, stop) in zip(place, stretches, strict=True):
        if before and before[0] == where and start < before[1]:
            found.append(Finding(6, "case", where[0], "has overlapping stretches of one text"))
        before = (where, stop)
    return found


def silence_told(
    cells: pd.DataFrame, written: Collection[tuple[str, str]], coded: Collection[tuple[str, str]]
) -> list[Finding]:
    """Law 7: a cell marked as empty holds nothing but comments.

    `cells` is `frames.CELLS`; `written` has the (case id, code id) of every cell with
    summaries or verbatims, `coded` of every one with codings. Codings may come to a marked cell:
    then a person must decide between the mark and the words.
    """
    found = []
    for row in cells.itertuples():
        key = (row.case_id, row.code_id)
        if row.mark and key in written:
            problem = f"is marked “{row.mark!s}” and holds statements"
            found.append(Finding(7, "cell", str(row.cell_id), problem))
        elif row.mark and key in coded:
            problem = f"is marked “{row.mark!s}” and codings came to it since"
            found.append(Finding(7, "cell", str(row.cell_id), problem, severity="open"))
    return found


def merges_kept(brought: Iterable[tuple[int, str, str]]) -> list[Finding]:
    """Law 4: what a merge brought from another copy is noted as it was.

    `brought` are (act, digest as noted, digest today).
    """
    problem = "brought other acts from another copy than are noted under it"
    return [Finding(4, "act", str(seq), problem) for seq, noted, today in brought if noted != today]


def imports_reported(acts: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Law 8: every import that brought something in left its report."""
    return [
        Finding(8, "act", f"{a['seq']!s} ({a['verb']!s})", "has no import report")
        for a in acts
        if str(a["verb"]).startswith("import ") and a["kind"] == "do" and not a["reported"]
    ]


def acts_known(acts: Iterable[Mapping[str, Any]], known: Collection[str]) -> list[Finding]:
    """Law 9: every act in the history is one that all three doors have."""
    return [
        Finding(9, "act", f"{a['seq']!s} ({a['verb']!s})", "came through no door of the workbench")
        for a in acts
        if a["verb"] not in known
    ]


def numbers_say_of_what(codings: Iterable[str]) -> list[Finding]:
    """Law 10: every coding has a code of the framework version of its run."""
    return [
        Finding(10, "coding", c, "has a code that is not in the framework version of its run")
        for c in codings
    ]
