"""The rows of a study's tables, as a person would have written them."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from workbench.errors import WorkbenchError
from workbench.formats.tables import Kind
from workbench.model.chart import MARKS
from workbench.model.ladder import TEMPLATES
from workbench.model.report import ImportReport
from workbench.project.material import Material
from workbench.project.study_out.held import Held, Stretch, as_list, fits_a_list
from workbench.stages.indexing.quotes import locate
from workbench.store import records
from workbench.store.records import Row

Values = dict[str, str]
_AROUND = 30
"""Characters before and after a quote that stands in several places."""


def rows(held: Held, method: str, report: ImportReport) -> dict[Kind, list[Values]]:
    """Return every table of a study; `method` names the levels of its ladders.

    Levels with names of one's own stand there by their numbers, which every reader knows.
    What a table has no room for is left out and told.
    """
    makers: dict[Kind, Callable[[], Iterator[Values]]] = {
        "cases": lambda: _cases(held, report),
        "spans": lambda: _spans(held),
        "codings": lambda: _codings(held, report),
        "statements": lambda: _statements(held, report),
        "cells": lambda: _cells(held),
        "ladder": lambda: _ladder(held, method),
        "links": lambda: _links(held, report),
        "facets": lambda: _facets(held),
        "placements": lambda: _placements(held),
        "memos": lambda: _memos(held, report),
        "readings": lambda: _readings(held),
        "decisions": lambda: _decisions(held, report),
        "meetings": lambda: _meetings(held, report),
        "quotations": lambda: _quotations(held, report),
        "counts": lambda: _counts(held, report),
    }
    return {kind: list(make()) for kind, make in makers.items()}


# --- cases -------------------------------------------------------------------------


def _cases(held: Held, report: ImportReport) -> Iterator[Values]:
    ordered = sorted(held.rows("attribute"), key=lambda a: int(a["position"]))
    fit = own_columns([str(a["name"]) for a in ordered], ("case", "transcript", "speaker"))
    attributes = {a["id"]: str(a["name"]) for a in ordered if a["name"] in fit}
    for odd in [str(a["name"]) for a in ordered if a["name"] not in fit]:
        report.leave_out("attributes", "no column of its own can be called so", odd)
    said: dict[tuple[str, str], str] = {
        (v["case_id"], v["attribute_id"]): v["value"] for v in held.rows("attribute_value")
    }
    used = [a for a in attributes if any(key[1] == a for key in said)]
    for case_id, label in held.cases.items():
        texts, speaker = whose(held, case_id) or ([], "")
        yield {
            "case": label,
            "transcript": as_list(texts),
            "speaker": speaker,
            **{attributes[a]: said.get((case_id, a), "") for a in used},
        }


def own_columns(names: Sequence[str], taken: Sequence[str]) -> set[str]:
    """Return the names that can head columns beside those that are taken.

    Of several that differ only in capitals, the first can.
    """
    seen, found = set(taken), set()
    for name in names:
        known_as = name.casefold()
        if known_as not in seen and name == " ".join(name.split()) and name:
            found.add(name)
        seen.add(known_as)
    return found


def whose(held: Held, case_id: str) -> tuple[list[str], str] | None:
    """Return the transcripts of a case, and whose turns in them; None where neither says it.

    An empty speaker means the transcripts whole.
    """
    spans = held.spans.get(case_id, {})
    texts = [(name, t) for t, name in held.transcripts.items() if t in spans]
    if not texts or not all(fits_a_list(name) for name, _ in texts):
        return None
    names = [name for name, _ in texts]
    if all(spans[t] == [(0, held.lengths[t])] for _, t in texts):
        return names, ""
    speakers = dict.fromkeys(str(s) for _, t in texts for s, _, _ in held.turns[t] if s)
    for speaker in speakers:
        its = all(spans[t] == _said_by(held, t, speaker) for _, t in texts)
        if its and speaker == speaker.strip():
            return names, speaker
    return None


def _said_by(held: Held, transcript: str, speaker: str) -> list[Stretch]:
    return [(start, stop) for label, start, stop in held.turns[transcript] if label == speaker]


def _spans(held: Held) -> Iterator[Values]:
    for case_id, label in held.cases.items():
        if whose(held, case_id) is None:
            for text, name in held.transcripts.items():
                for start, stop in held.spans.get(case_id, {}).get(text, []):
                    where = {"start": str(start), "stop": str(stop)}
                    yield {"case": label, "transcript": name, **where}


# --- codings -----------------------------------------------------------------------


def _codings(held: Held, report: ImportReport) -> Iterator[Values]:
    waiting = held.waiting
    if waiting:
        why = "they wait for a place in a corrected text: place or withdraw them first"
        report.leave_out("codings", why, "codings.csv", waiting)
    for c in held.codings:
        run = held.runs[c["run_id"]]
        yield {
            "ref": held.coding_refs[c["id"]],
            "transcript": held.transcripts[c["transcript_version_id"]],
            "code": held.code_said(run["framework_version_id"], c["code_id"]),
            **_place(held.names.text(c["transcript_version_id"]), c),
            "coder": held.people[c["person_id"]],
            "run": run["name"],
            "uncertain": "yes" if c["uncertain"] else "",
        }


def _place(text: str, coding: Row) -> Values:
    """Return the words of a coding, with what else is needed to find them there."""
    start, stop, quote = int(coding["start"]), int(coding["stop"]), str(coding["quote"])
    around = {"before": text[max(start - _AROUND, 0) : start], "after": text[stop : stop + _AROUND]}
    around = {side: " ".join(words.split()) for side, words in around.items()}
    for said in ({"quote": quote}, {"quote": quote, **around}):
        try:
            if locate(text, **said) == (start, stop):
                return said
        except WorkbenchError:
            continue
    return {"quote": quote, "start": str(start), "stop": str(stop)}


# --- statements --------------------------------------------------------------------


def _statements(held: Held, report: ImportReport) -> Iterator[Values]:
    for s in held.statements:
        cell = held.cells[s["cell_id"]]
        cited = held.evidence.get(s["id"], [])
        refs = sorted((held.coding_refs[c] for c in cited if c in held.coding_refs), key=_number)
        if s["kind"] != "comment" and not refs:
            why = "the codings they rest on are withdrawn, or wait for a place"
            report.leave_out("statements", why, "statements.csv")
            continue
        if len(refs) < len(cited):
            why = "the codings are withdrawn, or wait for a place"
            report.leave_out("pieces of evidence", why, "statements.csv", len(cited) - len(refs))
        yield {
            "ref": held.statement_refs[s["id"]],
            "framework": held.versions[cell["framework_version_id"]]["reference"],
            "case": held.cases[cell["case_id"]],
            "code": held.code_said(cell["framework_version_id"], cell["code_id"]),
            "kind": s["kind"],
            "text": s["text"],
            "evidence": as_list(refs),
        }


def _cells(held: Held) -> Iterator[Values]:
    reviewed = _reviewed(held)
    for cell in held.cells.values():
        key = (cell["framework_version_id"], cell["case_id"], cell["code_id"])
        mark = "reviewed" if key in reviewed else cell["mark"]
        if mark in (*MARKS, "reviewed"):
            yield {
                "framework": held.versions[cell["framework_version_id"]]["reference"],
                "case": held.cases[cell["case_id"]],
                "code": held.code_said(cell["framework_version_id"], cell["code_id"]),
                "mark": mark,
            }


def _reviewed(held: Held) -> set[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for version, row in held.versions.items():
        if not any(c["framework_version_id"] == version for c in held.cells.values()):
            continue
        states = Material(held.connection, row["reference"]).states
        done = states.loc[states["state"] == "reviewed"]
        found.update(
            (version, str(case), str(code))
            for case, code in zip(done["case_id"], done["code_id"], strict=True)
        )
    return found


# --- ladder ------------------------------------------------------------------------


def _ladder(held: Held, method: str) -> Iterator[Values]:
    known = TEMPLATES.get(method)
    levels = dict(enumerate(known.levels if known else ()))
    parents, fed = _above(held)
    statements = _written_statements(held)
    for n in held.nodes:
        named = levels.get(n["level"], str(n["level"]))
        feeding = [held.statement_refs[s] for s in fed.get(n["id"], []) if s in statements]
        above = [held.node_refs[p] for p in parents.get(n["id"], []) if p in held.node_refs]
        yield {
            "ref": held.node_refs[n["id"]],
            "ladder": held.ladders[n["ladder_id"]]["name"],
            "level": "" if n["level"] is None else named,
            "label": n["label"],
            "parents": as_list(sorted(above, key=_number)),
            "statements": as_list(sorted(feeding, key=_number)),
            "note": n["note"],
        }


def _above(held: Held) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return node → its parents, and node → the statements that feed it."""
    parents: dict[str, list[str]] = {}
    fed: dict[str, list[str]] = {}
    for e in held.rows("node_edge"):
        parents.setdefault(e["child_id"], []).append(e["parent_id"])
    for f in held.rows("node_statement"):
        fed.setdefault(f["node_id"], []).append(f["statement_id"])
    return parents, fed


def _written_statements(held: Held) -> set[str]:
    """Return the statements that come back: live ones with live evidence, and comments."""
    return {
        str(s["id"])
        for s in held.statements
        if s["kind"] == "comment"
        or any(c in held.coding_refs for c in held.evidence.get(s["id"], []))
    }


def _facets(held: Held) -> Iterator[Values]:
    known = (f for f in held.rows("facet") if f["node_id"] in held.node_refs)
    for f in sorted(known, key=lambda f: (_number(held.node_refs[f["node_id"]]), f["scheme"])):
        yield {
            "node": held.node_refs[f["node_id"]],
            **{k: f[k] for k in ("scheme", "value", "basis")},
        }


def _placements(held: Held) -> Iterator[Values]:
    typologies = {t["id"]: t["name"] for t in held.rows("typology")}
    types = {t["id"]: t["name"] for t in held.rows("case_type")}
    typology, case = ({k: n for n, k in enumerate(of)} for of in (typologies, held.cases))
    found = held.rows("placement")
    for p in sorted(found, key=lambda p: (typology[p["typology_id"]], case[p["case_id"]])):
        yield {
            "typology": typologies[p["typology_id"]],
            "case": held.cases[p["case_id"]],
            "type": types[p["case_type_id"]],
            "reason": p["reason"],
        }


# --- links -------------------------------------------------------------------------


def _links(held: Held, report: ImportReport) -> Iterator[Values]:
    for k in held.links:
        cited = {stance: held.cited_by_link.get((k["id"], stance), []) for stance in _STANCES}
        live = {
            s: [held.coding_refs[c] for c in ids if c in held.coding_refs]
            for s, ids in cited.items()
        }
        lost = sum(len(cited[s]) - len(live[s]) for s in _STANCES)
        if lost:
            why = "the codings are withdrawn"
            report.leave_out("pieces of evidence", why, "links.csv", lost)
        groups = [g.strip() for g in k["groups"].split(",") if g.strip()]
        for odd in [g for g in groups if not fits_a_list(g)]:
            report.leave_out("groups of a link", "a semicolon stands in the name", odd)
        yield {
            "ref": held.link_refs[k["id"]],
            "source": held.node_refs[k["source_id"]],
            "target": held.node_refs[k["target_id"]],
            "sign": k["sign"],
            "basis": as_list(k["basis"].split(",")),
            "relation": k["relation"],
            "groups": as_list([g for g in groups if fits_a_list(g)]),
            **{s: as_list(sorted(refs, key=_number)) for s, refs in live.items()},
            "note": k["note"],
        }


_STANCES = ("for", "against")


# --- notes beside the data ---------------------------------------------------------


def _memos(held: Held, report: ImportReport) -> Iterator[Values]:
    for m in held.rows("memo"):
        anchor = _anchor(held, m)
        if anchor is None:
            why = "nothing in a study can be named that they are about; they stand on the project"
            report.leave_out("anchors of memos", why, "memos.csv")
        placed = anchor is not None and m["start"] is not None
        yield {
            **{k: m[k] for k in ("kind", "title", "text")},
            "person": held.people[m["person_id"]],
            "anchor": anchor or "",
            **({k: str(m[k]) for k in ("start", "stop")} if placed else {}),
        }


def _anchor(held: Held, memo: Row) -> str | None:
    """Return what a memo is about as the reader takes it; None where it cannot be said."""
    kind, thing = str(memo["anchor"]), str(memo["anchor_id"])
    versions = {v: str(row["reference"]) for v, row in held.versions.items()}
    known: Mapping[str, tuple[str, Mapping[str, str]]] = {
        "case": ("case", held.cases),
        "transcript_version": ("transcript", held.transcripts),
        "framework_version": ("framework", versions),
        "coding": ("coding", held.coding_refs),
        "statement": ("statement", {s: held.statement_refs[s] for s in _written_statements(held)}),
        "node": ("node", held.node_refs),
        "link": ("link", held.link_refs),
        "code": ("code", {thing: _code_anchor(held, thing)} if kind == "code" else {}),
    }
    if kind == "project":
        return ""
    said, names = known.get(kind, ("", {}))
    name = names.get(thing, "")
    return f"{said}:{name}" if name.strip() else None


def _code_anchor(held: Held, code_id: str) -> str:
    """Return what names a code where a memo gives no version: its number if there is one."""
    if len(held.versions) == 1:
        return held.code_said(next(iter(held.versions)), code_id)
    return code_id


def _readings(held: Held) -> Iterator[Values]:
    for r in held.rows("reading"):
        if r["transcript_version_id"] in held.transcripts:
            yield {
                "person": held.people[r["person_id"]],
                "transcript": held.transcripts[r["transcript_version_id"]],
                **{k: r[k] for k in ("how", "date", "note")},
            }


def _decisions(held: Held, report: ImportReport) -> Iterator[Values]:
    place = {r: n for n, r in enumerate(held.coding_refs.values())}
    run = {r: n for n, r in enumerate(held.runs)}
    found = []
    for d in held.rows("decision"):
        ref, result = (held.coding_refs.get(d[k] or "") for k in ("coding_id", "result_id"))
        if ref is None or (d["result_id"] and result is None):
            report.leave_out("decisions", "the coding is withdrawn", "decisions.csv")
            continue
        said = {
            "run": str(held.runs[d["run_id"]]["name"]),
            "coding": ref,
            **{k: str(d[k]) for k in ("outcome", "reason")},
            "person": held.people[d["person_id"]],
            "result": result or "",
        }
        found.append((run[d["run_id"]], place[ref], said))
    yield from (said for _, _, said in sorted(found, key=lambda f: f[:2]))


def _meetings(held: Held, report: ImportReport) -> Iterator[Values]:
    there: dict[str, list[str]] = {}
    for a in held.rows("attendance"):
        there.setdefault(a["decision_record_id"], []).append(held.people[a["person_id"]])
    for d in held.rows("decision_record"):
        present = there.get(d["id"], [])
        for odd in [p for p in present if not fits_a_list(p)]:
            report.leave_out("people present", "a semicolon stands in the handle", odd)
        yield {
            **{k: d[k] for k in ("title", "date", "stage", "text")},
            "present": as_list([p for p in present if fits_a_list(p)]),
        }


def _quotations(held: Held, report: ImportReport) -> Iterator[Values]:
    found = records.find(held.connection, "quotation")
    for q in sorted(found, key=lambda q: (q["report"], q["number"])):
        if q["coding_id"] not in held.coding_refs:
            report.leave_out("quotations", "the coding is withdrawn", "quotations.csv")
            continue
        yield {
            "number": str(q["number"]),
            "coding": held.coding_refs[q["coding_id"]],
            "node": held.node_refs.get(q["node_id"] or "", ""),
            **{k: q[k] for k in ("report", "speaker", "participant", "note")},
        }


def _counts(held: Held, report: ImportReport) -> Iterator[Values]:
    counted = [(t, json.loads(t["labels"])) for t in held.rows("tally")]
    named = dict.fromkeys(str(k) for _, labels in counted for k in labels)
    fit = own_columns(list(named), ("series", "count"))
    for t, told in counted:
        labels = {str(k): str(v) for k, v in told.items()}
        if not fit.issuperset(labels):
            why = "a label has a name that no column of its own can have"
            report.leave_out("counts", why, "counts.csv")
            continue
        yield {"series": t["series"], **labels, "count": str(t["count"])}


def _number(ref: str) -> int:
    return int(ref[1:])
