"""What two projects hold, in words instead of ids: to see what a study did not bring back."""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property

from workbench.project.framework_rows import as_version
from workbench.project.material import Material
from workbench.project.study_out.held import Held
from workbench.store.records import Row

Things = Iterator[Hashable]


def missing(before: Held, after: Held) -> dict[str, int]:
    """Return what of one project is not in another, or not so: how many of what.

    Who wrote a thing and when is not compared.
    """
    here, there = Words(before), Words(after)
    lost = {
        what: sum((Counter(tell(here)) - Counter(tell(there))).values())
        for what, tell in WHAT.items()
    }
    return {what: number for what, number in lost.items() if number}


class Words:
    """The keys by which things are the same in two projects."""

    def __init__(self, held: Held) -> None:
        self.held = held

    @cached_property
    def coding(self) -> dict[str, Hashable]:
        """Coding id → its run, text, code, coder and place."""
        held = self.held
        return {
            str(c["id"]): (
                held.runs[c["run_id"]]["name"],
                held.transcripts[c["transcript_version_id"]],
                str(c["code_id"]),
                held.people[c["person_id"]],
                (c["start"], c["stop"], bool(c["uncertain"])),
            )
            for c in held.codings
        }

    @cached_property
    def cell(self) -> dict[str, Hashable]:
        """Cell id → its framework version, case and code."""
        held = self.held
        return {
            cell_id: (
                held.versions[c["framework_version_id"]]["reference"],
                held.cases[c["case_id"]],
                str(c["code_id"]),
            )
            for cell_id, c in held.cells.items()
        }

    @cached_property
    def statement(self) -> dict[str, Hashable]:
        """Statement id → its cell, place there, kind, text and evidence."""
        held, places = self.held, Counter[str]()
        found: dict[str, Hashable] = {}
        for s in held.statements:
            places[s["cell_id"]] += 1
            cited = held.evidence.get(s["id"], [])
            evidence = frozenset(self.coding.get(c) for c in cited)
            place = (self.cell[s["cell_id"]], places[s["cell_id"]])
            found[str(s["id"])] = (place, s["kind"], s["text"], evidence)
        return found

    @cached_property
    def node(self) -> dict[str, Hashable]:
        """Node id → its ladder, place there, level, label and note."""
        held, places = self.held, Counter[str]()
        found: dict[str, Hashable] = {}
        for n in held.nodes:
            places[n["ladder_id"]] += 1
            ladder = held.ladders[n["ladder_id"]]["name"]
            found[str(n["id"])] = (
                ladder,
                places[n["ladder_id"]],
                n["level"],
                n["label"],
                n["note"],
            )
        return found

    @cached_property
    def link(self) -> dict[str, Hashable]:
        """Link id → its ends, what it says, and its codings for and against."""
        held = self.held
        fields = ("sign", "basis", "relation", "groups", "note")
        return {
            str(k["id"]): (
                self.node.get(k["source_id"]),
                self.node.get(k["target_id"]),
                tuple(k[f] for f in fields),
                *(
                    frozenset(self.coding.get(c) for c in held.cited_by_link.get((k["id"], s), ()))
                    for s in ("for", "against")
                ),
            )
            for k in held.links
        }


# --- what is compared ----------------------------------------------------------------


def _settings(w: Words) -> Things:
    return ((s["key"], s["value"]) for s in w.held.rows("setting"))


def _people(w: Words) -> Things:
    fields = ("handle", "name", "role", "credentials", "occupation", "experience")
    return (tuple(p[k] for k in fields) for p in w.held.rows("person"))


def _transcripts(w: Words) -> Things:
    for t in w.held.rows("transcript"):
        own = w.held.names.transcript(t["id"])
        yield w.held.called.get(t["name"], t["name"]), own["sha256"]


def _headers(w: Words) -> Things:
    fields = ("title", "date", "duration_minutes", "mode", "setting", "interviewer")
    for t in w.held.rows("transcript"):
        name = w.held.called.get(t["name"], t["name"])
        yield from ((name, k, t[k]) for k in (*fields, "language", "order_number") if t[k])


def _speakers(w: Words) -> Things:
    name = {t["id"]: w.held.called.get(t["name"], t["name"]) for t in w.held.rows("transcript")}
    return ((name.get(s["transcript_id"]), s["label"], s["role"]) for s in w.held.rows("speaker"))


def _cases(w: Words) -> Things:
    return iter(enumerate(w.held.cases.values()))


def _attributes(w: Words) -> Things:
    return ((a["name"], a["type"]) for a in w.held.rows("attribute"))


def _values(w: Words) -> Things:
    name = {a["id"]: a["name"] for a in w.held.rows("attribute")}
    for v in w.held.rows("attribute_value"):
        yield w.held.cases[v["case_id"]], name[v["attribute_id"]], v["value"]


def _spans(w: Words) -> Things:
    for case, texts in w.held.spans.items():
        for text, stretches in texts.items():
            yield from ((w.held.cases[case], w.held.transcripts.get(text), s) for s in stretches)


def _frameworks(w: Words) -> Things:
    return (as_version(w.held.connection, v) for v in w.held.versions.values())


def _adopted(w: Words) -> Things:
    for a in w.held.rows("adoption"):
        ids = (a["from_id"], a["framework_version_id"])
        yield *(w.held.versions[i]["reference"] for i in ids), a["steps"]


def _runs(w: Words) -> Things:
    for r in w.held.runs.values():
        version = w.held.versions[r["framework_version_id"]]["reference"]
        coder = w.held.people.get(r["person_id"] or "")
        origin = w.held.runs[r["from_id"]]["name"] if r["from_id"] else ""
        yield r["name"], version, r["kind"], bool(r["blind"]), coder, origin


def _rounds(w: Words) -> Things:
    called = {t["id"]: w.held.called.get(t["name"], t["name"]) for t in w.held.rows("transcript")}
    for one in w.held.rows("round"):
        of = [r for r in w.held.rows("round_run") if r["round_id"] == one["id"]]
        texts = [t for t in w.held.rows("round_transcript") if t["round_id"] == one["id"]]
        runs = frozenset(w.held.runs[r["run_id"]]["name"] for r in of)
        yield one["name"], runs, frozenset(called[t["transcript_id"]] for t in texts)


def _charting_rounds(w: Words) -> Things:
    for one in w.held.rows("charting_round"):
        sides = tuple(w.held.people[one[side]] for side in ("first_id", "second_id"))
        version = w.held.versions[one["framework_version_id"]]["reference"]
        yield one["name"], version, sides, one["seed"], frozenset(_charted(w, one["id"]).values())


def _charted(w: Words, of: str = "") -> dict[str, Hashable]:
    """Return cell of a round of charting, of all rounds or one → its case and code."""
    rows = w.held.rows("charting_round_cell")
    return {
        c["id"]: (w.held.cases[c["case_id"]], c["code_id"])
        for c in rows
        if of in ("", c["charting_round_id"])
    }


def _own_cells(w: Words) -> Things:
    places, cited = _charted(w), dict[str, set[Hashable]]()
    for e in w.held.rows("own_evidence"):
        cited.setdefault(e["own_statement_id"], set()).add(w.coding.get(e["coding_id"]))
    said: dict[str, list[Hashable]] = {}
    for s in sorted(w.held.rows("own_statement"), key=lambda s: int(s["position"])):
        line = (s["kind"], s["text"], frozenset(cited.get(s["id"], ())))
        said.setdefault(s["own_cell_id"], []).append(line)
    for own in w.held.rows("own_cell"):
        place, who = places[own["charting_round_cell_id"]], w.held.people[own["person_id"]]
        yield place, who, bool(own["finished"]), tuple(said.get(own["id"], ()))


def _cell_decisions(w: Words) -> Things:
    places = _charted(w)
    of = Counter(t["cell_decision_id"] for t in w.held.rows("decided_statement"))
    for d in w.held.rows("cell_decision"):
        place = places[d["charting_round_cell_id"]]
        yield place, d["outcome"], d["reason"], w.held.people[d["person_id"]], of[d["id"]]


def _carried_codings(w: Words) -> Things:
    for c in w.held.rows("coding"):
        if c["from_id"] or c["look"]:
            yield w.coding.get(c["id"]), w.coding.get(c["from_id"] or ""), c["look"]


def _carried_statements(w: Words) -> Things:
    for s in w.held.rows("statement"):
        if s["from_id"] or s["label"]:
            yield w.statement.get(s["id"]), w.statement.get(s["from_id"] or ""), s["label"]


def _finished(w: Words) -> Things:
    for f in w.held.rows("finished"):
        text = w.held.transcripts.get(f["transcript_version_id"])
        if text is not None:
            yield w.held.runs[f["run_id"]]["name"], text


def _decisions(w: Words) -> Things:
    for d in w.held.rows("decision"):
        codings = tuple(w.coding.get(d[k] or "") for k in ("coding_id", "result_id"))
        run, person = w.held.runs[d["run_id"]]["name"], w.held.people[d["person_id"]]
        yield run, codings, d["outcome"], d["reason"], person


def _states(w: Words) -> Things:
    """Yield the state of each cell on which somebody worked."""
    worked_on = {c["framework_version_id"] for c in w.held.cells.values()}
    for version in (v for v in w.held.versions if v in worked_on):
        reference = w.held.versions[version]["reference"]
        states = Material(w.held.connection, reference).states
        for case, code, state in zip(
            *(states[k] for k in ("case_id", "code_id", "state")), strict=True
        ):
            yield reference, w.held.cases[case], code, state


def _ladders(w: Words) -> Things:
    for r in w.held.ladders.values():
        version = w.held.versions.get(r["framework_version_id"] or "", {}).get("reference")
        yield r["name"], r["template"], r["objective"], version


def _edges(w: Words) -> Things:
    for e in w.held.rows("node_edge"):
        yield w.node.get(e["child_id"]), w.node.get(e["parent_id"]), e["reason"]


def _feeds(w: Words) -> Things:
    for f in w.held.rows("node_statement"):
        if f["statement_id"] in w.statement:
            yield w.node.get(f["node_id"]), w.statement[f["statement_id"]], f["reason"]


def _facets(w: Words) -> Things:
    for f in w.held.rows("facet"):
        yield w.node.get(f["node_id"]), f["scheme"], f["value"], f["basis"]


def _typologies(w: Words) -> Things:
    name = {t["id"]: t["name"] for t in w.held.rows("typology")}
    for table in ("dimension", "case_type"):
        for d in w.held.rows(table):
            said = json.loads(d["options"])
            options = tuple(said.items()) if isinstance(said, dict) else tuple(said)
            yield name[d["typology_id"]], d["position"], d["name"], d.get("definition"), options


def _placements(w: Words) -> Things:
    types: dict[str, Row] = {t["id"]: t for t in w.held.rows("case_type")}
    name = {t["id"]: t["name"] for t in w.held.rows("typology")}
    for p in w.held.rows("placement"):
        where = (name[p["typology_id"]], w.held.cases[p["case_id"]])
        yield *where, types[p["case_type_id"]]["name"], p["reason"]


def _memos(w: Words) -> Things:
    known: dict[str, dict[str, Hashable]] = {
        "case": dict(w.held.cases),
        "transcript_version": dict(w.held.transcripts),
        "framework_version": {v: r["reference"] for v, r in w.held.versions.items()},
        "coding": w.coding,
        "statement": w.statement,
        "node": w.node,
        "link": w.link,
        "cell": w.cell,
    }
    for m in w.held.rows("memo"):
        about = known.get(m["anchor"], {}).get(m["anchor_id"] or "", m["anchor_id"])
        said = tuple(m[k] for k in ("kind", "title", "text", "anchor", "start", "stop"))
        yield *said, w.held.people[m["person_id"]], about


def _readings(w: Words) -> Things:
    for r in w.held.rows("reading"):
        text = w.held.transcripts.get(r["transcript_version_id"])
        yield w.held.people[r["person_id"]], text, r["how"], r["date"], r["note"]


def _meetings(w: Words) -> Things:
    there: dict[str, set[str]] = {}
    for a in w.held.rows("attendance"):
        there.setdefault(a["decision_record_id"], set()).add(w.held.people[a["person_id"]])
    for d in w.held.rows("decision_record"):
        said = tuple(d[k] for k in ("date", "title", "text", "stage"))
        yield *said, frozenset(there.get(d["id"], ()))


def _quotations(w: Words) -> Things:
    for q in w.held.rows("quotation"):
        said = tuple(q[k] for k in ("report", "number", "speaker", "participant", "note"))
        yield *said, w.coding.get(q["coding_id"]), w.node.get(q["node_id"] or "")


def _findings(w: Words) -> Things:
    for f in w.held.rows("finding"):
        yield f["title"], f["text"], w.node.get(f["node_id"] or "")


def _finding_evidence(w: Words) -> Things:
    titles = {f["id"]: f["title"] for f in w.held.rows("finding")}
    for e in w.held.rows("finding_evidence"):
        yield titles[e["finding_id"]], w.coding.get(e["coding_id"]), e["stance"], e["note"]


def _verifications(w: Words) -> Things:
    titles = {f["id"]: f["title"] for f in w.held.rows("finding")}
    numbers = {q["id"]: (q["report"], q["number"]) for q in w.held.rows("quotation")}
    for v in w.held.rows("verification"):
        place = titles.get(v["finding_id"] or ""), numbers.get(v["quotation_id"] or "")
        said = v["outcome"], v["note"], w.held.people[v["person_id"]]
        yield w.coding.get(v["coding_id"]), place, said, (v["sha256"], v["start"], v["stop"])


def _counts(w: Words) -> Things:
    return ((t["series"], t["labels"], t["count"]) for t in w.held.rows("tally"))


WHAT: dict[str, Callable[[Words], Things]] = {
    "settings": _settings,
    "people": _people,
    "transcripts": _transcripts,
    "fields of headers": _headers,
    "speakers": _speakers,
    "cases": _cases,
    "attributes": _attributes,
    "values of attributes": _values,
    "spans of cases": _spans,
    "framework versions": _frameworks,
    "adopted steps": _adopted,
    "runs": _runs,
    "rounds": _rounds,
    "rounds of charting": _charting_rounds,
    "own cells": _own_cells,
    "cell decisions": _cell_decisions,
    "finished transcripts": _finished,
    "codings": lambda w: iter(w.coding.values()),
    "origins of codings": _carried_codings,
    "decisions": _decisions,
    "statements": lambda w: iter(w.statement.values()),
    "origins of statements": _carried_statements,
    "states of cells": _states,
    "ladders": _ladders,
    "nodes": lambda w: iter(w.node.values()),
    "steps up a ladder": _edges,
    "feeds of nodes": _feeds,
    "facets": _facets,
    "dimensions and types": _typologies,
    "placements": _placements,
    "links": lambda w: iter(w.link.values()),
    "memos": _memos,
    "readings": _readings,
    "meetings": _meetings,
    "quotations": _quotations,
    "findings": _findings,
    "evidence of findings": _finding_evidence,
    "verifications": _verifications,
    "counts": _counts,
}
"""What is compared, in the order of the work."""
