"""study.yaml: what a project says of itself, its team, frameworks, runs and ladders."""

import json
from pathlib import Path
from typing import Any

from workbench.formats import framework_yaml, strict_yaml, study
from workbench.model.ladder import chosen_template
from workbench.model.method import STAGE_TEMPLATES
from workbench.model.report import ImportReport
from workbench.project.framework_rows import as_version
from workbench.project.study_out.held import Held

STUDY_SCHEMA = "study.schema.json"


def method(held: Held) -> str:
    """Return what names the levels of a project's ladders (see `ladder.template_of`)."""
    return chosen_template(_said(held).get("method", "")).key


def data(held: Held, where: str, texts: dict[str, Any], report: ImportReport) -> dict[str, Any]:
    """Return study.yaml as plain data; `texts` is what it says of transcripts.

    A field that study.yaml cannot take is left out and told.
    """
    said = _said(held)
    title = said.get("title", "").strip() or Path(where).stem
    plain = {k: said.get(k, "") for k in ("doi", "objective", "synthetic", "language")}
    whole: dict[str, Any] = {
        "title": title,
        **plain,
        "authors": [a.strip() for a in said.get("authors", "").split(";") if a.strip()],
        "method": method(held),
        "stages": _stages(said),
        "colours": said.get("colours", ""),
        "people": _people(held),
        "frameworks": [v["reference"] for v in held.versions.values()],
        "attributes": _attributes(held),
        "ladders": _ladders(held),
        "runs": _runs(held),
        "typologies": _typologies(held, report),
        "transcripts": texts,
    }
    order = ("title", "doi", "authors", "objective", "synthetic", "language")
    ordered = {**{k: whole[k] for k in order}, **whole}
    for key in [k for k in ordered if k != "title" and not _fits(title, k, ordered[k])]:
        report.leave_out("settings", "study.yaml cannot hold what is said there", key)
        del ordered[key]
    return ordered


def frameworks(held: Held) -> dict[str, str]:
    """Return the files of all framework versions by their paths in the study.

    Raises:
        BadValue, InvalidFramework: a file cannot hold one.
    """
    files = {}
    versions = {v["reference"]: as_version(held.connection, v) for v in held.versions.values()}
    for reference, version in versions.items():
        name, _, number = str(reference).rpartition("@")
        text = framework_yaml.dumps(version, versions.get(version.parent or ""))
        files[f"frameworks/{name}/{number}.yaml"] = text
    return files


def _fits(title: str, key: str, value: object) -> bool:
    """Tell whether the schema takes one field."""
    if value in ("", [], {}, None):
        return True
    schema = strict_yaml.schema(STUDY_SCHEMA)
    return bool(schema.is_valid({"title": title, key: value}))


def _said(held: Held) -> dict[str, str]:
    return {s["key"]: s["value"] for s in held.rows("setting")}


def _stages(said: dict[str, str]) -> str:
    stages = said.get("stages", "")
    return stages if stages in STAGE_TEMPLATES else study.STAGES


def _people(held: Held) -> list[dict[str, str]]:
    fields = ("name", "role", "credentials", "occupation", "experience")
    return [_without_blanks(p, ("handle", *fields)) for p in held.rows("person")]


def _without_blanks(row: dict[str, Any], fields: tuple[str, ...]) -> dict[str, str]:
    return {k: str(row[k]) for k in fields if row[k]}


def _attributes(held: Held) -> list[dict[str, str]]:
    found = sorted(held.rows("attribute"), key=lambda a: int(a["position"]))
    return [{"name": a["name"], "type": a["type"]} for a in found]


def _ladders(held: Held) -> list[dict[str, str]]:
    usual = method(held)
    entries = []
    for row in held.ladders.values():
        version = held.versions.get(row["framework_version_id"] or "")
        entries.append(
            {
                "name": str(row["name"]),
                **({"framework": str(version["reference"])} if version else {}),
                **({"template": str(row["template"])} if row["template"] != usual else {}),
                **({"objective": str(row["objective"])} if row["objective"] else {}),
            }
        )
    return entries


def _runs(held: Held) -> list[dict[str, Any]]:
    gone_through: dict[str, set[str]] = {}
    for f in held.rows("finished"):
        gone_through.setdefault(f["run_id"], set()).add(f["transcript_version_id"])
    entries = []
    for run_id, run in held.runs.items():
        there = [n for t, n in held.transcripts.items() if t in gone_through.get(run_id, ())]
        finished = "all" if len(there) == len(held.transcripts) else there
        entries.append(
            {
                "name": run["name"],
                "framework": held.versions[run["framework_version_id"]]["reference"],
                "kind": run["kind"],
                **({"coder": held.people[run["person_id"]]} if run["person_id"] else {}),
                **({"blind": True} if run["blind"] else {}),
                **({"finished": finished} if there else {}),
            }
        )
    return entries


def _typologies(held: Held, report: ImportReport) -> list[dict[str, Any]]:
    found = []
    for typology in held.rows("typology"):
        entry = _typology(held, typology["id"], str(typology["name"]))
        if _fits("T", "typologies", [entry]):
            found.append(entry)
        else:
            why = "it has no types, no dimensions, or a value twice"
            report.leave_out("typologies", why, entry["name"])
    return found


def _typology(held: Held, typology_id: str, name: str) -> dict[str, Any]:
    dimensions = {
        str(d["name"]): json.loads(d["options"])
        for d in sorted(held.rows("dimension"), key=lambda d: int(d["position"]))
        if d["typology_id"] == typology_id
    }
    types = [
        {
            "name": str(t["name"]),
            **({"definition": str(t["definition"])} if t["definition"] else {}),
            "values": {k: v for k, v in json.loads(t["options"]).items() if k in dimensions},
        }
        for t in sorted(held.rows("case_type"), key=lambda t: int(t["position"]))
        if t["typology_id"] == typology_id
    ]
    return {"name": name, "dimensions": dimensions, "types": types}
