"""Every act is one entry in the history, and undo and redo bring its rows back and forth.

Each act has a scenario; an act without one fails `test_every_act_has_a_scenario`.
"""

import functools
import json
from collections.abc import Callable
from pathlib import Path

import builders
import foreign_databases
import pytest
import refi_files
import two_versions
from builders import ANNA, BO, GARDENER, GROUP, VERSION, Garden
from colleague import rewrite
from sqlalchemy.dialects import postgresql
from trying import some

from workbench.errors import NoWayBack
from workbench.formats import (
    answers_table,
    framework_yaml,
    nvivo_matrix,
    qualcoder,
    segment_table,
    study,
    summary_table,
    tables,
)
from workbench.formats.refi import reading as refi_reading
from workbench.formats.study import StudyFolder
from workbench.formats.taguette import (
    TaguetteDocument,
    TaguetteHighlight,
    TaguetteProject,
    TaguetteTag,
)
from workbench.formats.xlsx import back
from workbench.model.report import ImportReport
from workbench.project import edits
from workbench.project.edits.pseudonyms import Chosen

ONE_WAY = {"remove originals"}
"""Acts that nothing takes back."""

Do = Callable[[], object]
Scenario = Callable[[Garden, Path], Do]
"""Prepares a project, and returns what does the act."""

SCENARIOS: dict[str, Scenario] = {
    "add cases": lambda g, _: (
        lambda: edits.add_cases(
            g.project, {"Kari": {"plot": "7"}, ANNA: {"plot": "4", "years": "2.5"}}
        )
    ),
    "set attribute": lambda g, _: (
        lambda: edits.set_attribute(g.project, BO, "since", "2001-02-03", kind="date")
    ),
    "set attributes": lambda g, _: (
        lambda: edits.set_attributes(
            g.project,
            {ANNA: {"plot": "", "since": "2001"}, BO: {"plot": "7", "member": "no"}},
            kinds={"since": "integer", "note": "text"},
        )
    ),
    "rename attribute": lambda g, _: lambda: edits.rename_attribute(g.project, "plot", "bed"),
    "change attribute type": lambda g, _: (
        lambda: edits.change_attribute_type(g.project, "plot", "category")
    ),
    "withdraw attribute": lambda g, _: lambda: edits.withdraw_attribute(g.project, "plot"),
    "rename case": lambda g, _: lambda: edits.rename_case(g.project, BO, "Bo"),
    "move case": lambda g, _: lambda: edits.move_case(g.project, BO, 1),
    "withdraw case": lambda g, _: _case_of_little(g),
    "unassign case": lambda g, _: (
        lambda: edits.unassign_case(
            g.project, BO, "group", start=GROUP.index("lent"), stop=GROUP.index("back")
        )
    ),
    "assign case": lambda g, _: (
        lambda: edits.assign_case(g.project, "Questions", "group", speaker="I")
    ),
    "write statement": lambda g, _: (
        lambda: edits.write_statement(g.project, BO, "2.2", "Tools are lent", kind="verbatim")
    ),
    "change statement": lambda g, _: (
        lambda: edits.change_statement(
            g.project, g.statements["gate"], text="The gate.", evidence=[g.codings["gate"]]
        )
    ),
    "withdraw statement": lambda g, _: (
        lambda: edits.withdraw_statement(g.project, g.statements["gate"])
    ),
    "move statement": lambda g, _: lambda: edits.move_statement(g.project, g.statements["gate"], 1),
    "fill cell": lambda g, _: lambda: edits.fill_cell(g.project, BO, "2.2"),
    "fill cells": lambda g, _: lambda: edits.fill_cells(g.project, "Coming"),
    "take chart back": lambda g, folder: _chart_back(g, folder),
    "mark cell": lambda g, _: lambda: edits.mark_cell(g.project, BO, "1.2", "not asked"),
    "review cell": lambda g, _: lambda: edits.review_cell(g.project, BO, "2.1"),
    "add framework": lambda g, _: (
        lambda: edits.add_framework(g.project, builders.version(number="2", parent=VERSION))
    ),
    "release framework": lambda g, _: _release(g),
    "begin framework": lambda g, _: (
        lambda: edits.begin_framework(g.project, "sheds", objective="Who uses them?")
    ),
    "begin draft": lambda g, _: lambda: edits.begin_draft(g.project, VERSION, "2"),
    "add category": lambda g, _: _drafted(
        g, edits.add_category, "Places", definition="Where.", place=1, reason="Said."
    ),
    "change category": lambda g, _: _drafted(
        g, edits.change_category, "Coming", name="Arriving", definition="And why."
    ),
    "move category": lambda g, _: _drafted(g, edits.move_category, "Sharing", place=1),
    "retire category": lambda g, _: _drafted(
        g, edits.retire_category, "Coming", with_codes=True, reason="Not asked."
    ),
    "add code": lambda g, _: _drafted(
        g, edits.add_code, "Beds", category="Sharing", place=1, definition="Of earth."
    ),
    "change code": lambda g, _: _drafted(
        g, edits.change_code, "Tools", name="Things", definition="Lent.", colour="#00aa00"
    ),
    "move code": lambda g, _: _drafted(g, edits.move_code, "Tools", category="Coming", place=1),
    "merge codes": lambda g, _: _merge(g),
    "merge project": lambda g, folder: _two_copies(g, folder),
    "split code": lambda g, _: _drafted(
        g, edits.split_code, "Tools", ["Spades", {"name": "Rakes", "definition": "For leaves."}]
    ),
    "retire code": lambda g, _: _drafted(g, edits.retire_code, "Tools", reason="Rare."),
    "start run": lambda g, _: (
        lambda: edits.start_run(g.project, "blind", kind="independent", blind=True, coder="cato")
    ),
    "plan round": lambda g, _: (
        lambda: edits.plan_round(g.project, "pilot", ["anna", "cato"], share=0.5, by="plot", seed=7)
    ),
    "plan charting": lambda g, _: (
        lambda: edits.plan_charting(g.project, "double", ["cato", "anna"], number=3, seed=7)
    ),
    "write own statement": lambda g, _: _charted_by_two(
        g, edits.write_own_statement, "double", "gardener", "1.2", "Locks.", evidence=["all"]
    ),
    "change own statement": lambda g, _: _own_changed(g),
    "withdraw own statement": lambda g, _: _own_withdrawn(g),
    "finish own cells": lambda g, _: _charted_by_two(g, edits.finish_own_cells, "double"),
    "decide cell": lambda g, _: _decided_by_two(g),
    "rename round": lambda g, _: _planned(
        g, lambda: edits.rename_round(g.project, "pilot", "second pilot")
    ),
    "withdraw round": lambda g, _: _planned(
        g, lambda: edits.withdraw_round(g.project, "pilot"), worked=True
    ),
    "code": lambda g, _: lambda: edits.code(g.project, "group", 0, 4, "Tools", uncertain=True),
    "code quote": lambda g, _: (
        lambda: edits.code_quote(g.project, "gardener", "The gate", "1.2", coder="cato")
    ),
    "code several": lambda g, _: (
        lambda: edits.code_several(g.project, "group", 0, 4, ["Tools", "1.1"], coder="cato")
    ),
    "code in vivo": lambda g, _: _drafted_in_vivo(g),
    "code places": lambda g, _: (
        lambda: edits.code_places(
            g.project, [("group", 0, 4), ("gardener", 3, 9)], "2.2", uncertain=True
        )
    ),
    "change coding": lambda g, _: (
        lambda: edits.change_coding(
            g.project, g.codings["tools"], start=GROUP.index("lent"), code="2.1", uncertain=True
        )
    ),
    "withdraw codings": lambda g, _: (
        lambda: edits.withdraw_codings(g.project, [g.codings["rain"], g.codings["july"]])
    ),
    "withdraw coding": lambda g, _: lambda: edits.withdraw_coding(g.project, g.codings["rain"]),
    "finish transcript": lambda g, _: _finish(g),
    "decide difference": lambda g, _: _in_consensus(g),
    "propose from difference": lambda g, _: _drafted_from_codings(g),
    "decide": lambda g, _: (
        lambda: edits.decide(
            g.project,
            "first",
            g.codings["tools"],
            "changed",
            "Said twice",
            result=g.codings["july"],
        )
    ),
    "migrate": lambda g, _: _migrate(g),
    "adopt steps": lambda g, _: _adopt(g),
    "answer migration": lambda g, _: _answer(g),
    "confirm coding": lambda g, _: _confirm(g),
    "add link": lambda g, _: (
        lambda: edits.add_link(
            g.project, "Lists", "Locked out", "±", basis=["authors"], groups=["a", "b"], note="?"
        )
    ),
    "cite words": lambda g, _: (
        lambda: edits.cite_words(
            g.project, ANNA, "1.1", "group", GROUP.index("That is"), GROUP.index(" Rain helps")
        )
    ),
    "cite for link": lambda g, _: (
        lambda: edits.cite_for_link(
            g.project, g.link, [g.codings["list"]], against=[g.codings["quiet"]]
        )
    ),
    "change link": lambda g, _: (
        lambda: edits.change_link(
            g.project, g.link, sign="+", basis=["authors"], relation="ends", groups=["a"], note="!"
        )
    ),
    "uncite for link": lambda g, _: (
        lambda: edits.uncite_link(g.project, g.link, [g.codings["rain"], g.codings["july"]])
    ),
    "withdraw link": lambda g, _: lambda: edits.withdraw_link(g.project, g.link),
    "add finding": lambda g, _: (
        lambda: edits.add_finding(g.project, "Locks", text="They keep out.", node="Locked out")
    ),
    "change finding": lambda g, _: _finding(
        g, lambda: edits.change_finding(g.project, "Rain", title="Wet", node="Access", place=2)
    ),
    "cite for finding": lambda g, _: _finding(
        g,
        lambda: edits.cite_for_finding(
            g.project,
            "Rain",
            [g.codings["list"]],
            against=[g.codings["rain"], g.codings["quiet"]],
            note="Only once.",
        ),
    ),
    "uncite finding": lambda g, _: _finding(
        g, lambda: edits.uncite_finding(g.project, "Rain", [g.codings["rain"]])
    ),
    "withdraw finding": lambda g, _: _finding(g, lambda: edits.withdraw_finding(g.project, "Rain")),
    "verify quotation": lambda g, _: _finding(
        g,
        lambda: edits.verify(
            g.project, g.codings["rain"], finding="Rain", outcome="differs", note="A word lacks."
        ),
    ),
    "withdraw verification": lambda g, _: _unverify(g),
    "add ladder": lambda g, _: lambda: edits.add_ladder(g.project, "second", template="elo-kyngas"),
    "add node": lambda g, _: (
        lambda: edits.add_node(
            g.project, "Help", 3, ladder="findings", under=["Access"], statements=_ids(g, "helps")
        )
    ),
    "rename node": lambda g, _: lambda: edits.rename_node(g.project, "Lists", "Lists of work"),
    "withdraw node": lambda g, _: lambda: edits.withdraw_node(g.project, "Weather and locks"),
    "connect nodes": lambda g, _: (
        lambda: edits.connect(g.project, "Lists", "Access", reason="both decide who comes")
    ),
    "connect several nodes": lambda g, _: (
        lambda: edits.connect_several(g.project, ["Lists", "Weather and locks"], "Access")
    ),
    "feed node": lambda g, _: lambda: edits.feed(g.project, "Access", _ids(g, "helps", "list")),
    "set facet": lambda g, _: (
        lambda: edits.set_facet(g.project, "Locked out", "where", "inside", basis="note")
    ),
    "rename ladder": lambda g, _: lambda: edits.rename_ladder(g.project, "findings", "themes"),
    "change ladder": lambda g, _: (
        lambda: edits.change_ladder(
            g.project, "findings", name="themes", template="a / b / c / d", objective="Who comes?"
        )
    ),
    "withdraw ladder": lambda g, _: _empty_ladder(g),
    "change node": lambda g, _: (
        lambda: edits.change_node(
            g.project, "Weather and locks", note="Both close it.", level=3, position=1
        )
    ),
    "disconnect nodes": lambda g, _: (
        lambda: edits.disconnect(g.project, "Locked out", "Weather and locks")
    ),
    "move node": lambda g, _: lambda: edits.move_node(g.project, "Locked out", "Access"),
    "unfeed node": lambda g, _: (
        lambda: edits.unfeed(g.project, "Locked out", _ids(g, "rain", "gate"))
    ),
    "unset facet": lambda g, _: lambda: edits.unset_facet(g.project, "Locked out", "where"),
    "unplace case": lambda g, _: lambda: edits.unplace_case(g.project, "ways", "gardener"),
    "add typology": lambda g, _: (
        lambda: edits.add_typology(
            g.project, "distance", {"home": ["near", "far"]}, {"Near": {"home": "near"}}
        )
    ),
    "change typology": lambda g, _: (
        lambda: edits.change_typology(
            g.project,
            "ways",
            name="ways of coming",
            dimensions={"comes": ["daily", "never"], "often": ["yes", "no"]},
            types={
                "Often": {"often": "yes", "comes": "daily"},
                "Third": {"often": "no", "comes": "never"},
            },
            definitions={"Often": "Comes daily."},
            renamed={"Regular": "Often"},
        )
    ),
    "place case": lambda g, _: (
        lambda: edits.place_case(g.project, "ways", "gardener", "Rare", reason="He said so")
    ),
    "add memo": lambda g, _: (
        lambda: edits.add_memo(
            g.project, "An odd gate.", kind="field note", anchor="node", anchor_id=_node(g, "Lists")
        )
    ),
    "change memo": lambda g, _: (
        lambda: edits.change_memo(
            g.project, g.live()["memo"][0]["id"], text="Nobody.", title="List", kind="reflexive"
        )
    ),
    "withdraw memo": lambda g, _: lambda: edits.withdraw_memo(g.project, g.live()["memo"][0]["id"]),
    "withdraw reading": lambda g, _: (
        lambda: edits.withdraw_reading(g.project, g.live()["reading"][0]["id"])
    ),
    "log reading": lambda g, _: (
        lambda: edits.log_reading(g.project, "group", person="cato", how="listened")
    ),
    "record decision": lambda g, _: (
        lambda: edits.record_decision(
            g.project, "Stop", "Enough.", date="2024-06-01", present=["anna", "cato"]
        )
    ),
    "quote in report": lambda g, _: (
        lambda: edits.quote_in_report(
            g.project, g.codings["rain"], number=1, report="P1", node="Lists", speaker="Member"
        )
    ),
    "record count": lambda g, _: (
        lambda: edits.record_count(g.project, "visits", 12, {"month": "May", "plot": "3"})
    ),
    "add person": lambda g, _: lambda: edits.add_person(g.project, "cato", role="reader"),
    "change person": lambda g, _: (
        lambda: edits.change_person(g.project, "bo", "occupation", "gardener")
    ),
    "change cases": lambda g, _: (
        lambda: edits.change_cases(
            g.project,
            {BO: {"plot": "4"}, "gardener": {"member": ""}, "Kari": {"plot": "7"}},
            added=["Kari"],
            labels={BO: "Bo"},
        )
    ),
    "change profile": lambda g, _: (
        lambda: edits.change_profile(g.project, "bo", {"name": "Bo Ås", "occupation": "gardener"})
    ),
    "change settings": lambda g, _: (
        lambda: edits.change_settings(g.project, {"title": "Another", "language": "nb"})
    ),
    "describe transcript": lambda g, _: (
        lambda: edits.describe_transcript(
            g.project, "group", {"mode": "video", "duration_minutes": "61.5"}
        )
    ),
    "change setting": lambda g, _: lambda: edits.change_setting(g.project, "title", "Another"),
    "change header": lambda g, _: (
        lambda: edits.change_header(g.project, "group", "duration_minutes", "61.5")
    ),
    "set up study": lambda g, folder: _study(g, folder),
    "finish runs": lambda g, folder: _finish_runs(g, folder),
    "correct transcripts": lambda g, folder: _correct_transcripts(g, folder),
    "correct transcript": lambda g, _: lambda: _corrected(g),
    "place coding": lambda g, _: _corrected_first(
        g, lambda: edits.place_coding(g.project, g.codings["gate"])
    ),
    "place codings": lambda g, _: _corrected_first(
        g, lambda: edits.place_codings(g.project, [g.codings["gate"], g.codings["quiet"]])
    ),
    "place memo": lambda g, _: _with_a_memo_that_waits(g),
    "pseudonymise": lambda g, _: _pseudonyms(g),
    "remove originals": lambda g, _: _removal(g),
    "set speaker role": lambda g, _: (
        lambda: edits.set_speaker_role(g.project, "group", "Bo", "unknown")
    ),
    "import transcripts": lambda g, _: (
        lambda: builders.bring(
            g.project, ("new", "I: Well?\nKari: Fine, thanks."), ("gardener", GARDENER)
        )
    ),
    "import taguette": lambda g, _: lambda: edits.import_taguette(g.project, _taguette(), b"file"),
    "import refi": lambda g, folder: _refi(g, folder),
    "import database": lambda g, folder: _database(g, folder),
    "import answers": lambda g, folder: _answers(g, folder),
    "import segments": lambda g, folder: _segments(g, folder),
    "import summaries": lambda g, folder: _summaries(g, folder),
    "import matrix": lambda g, folder: _matrix(g, folder),
    "import cases": lambda g, folder: _table(
        g, folder, edits.import_cases, "case,transcript,speaker,age\nKari,group,I,44\n"
    ),
    "import spans": lambda g, folder: _table(
        g, folder, edits.import_spans, "case,transcript,start,stop\nKari,group,3,20\n"
    ),
    "import codings": lambda g, folder: _table(
        g, folder, edits.import_codings, "transcript,code,quote\ngroup,2.2,come back late\n"
    ),
    "import statements": lambda g, folder: _table(
        g, folder, edits.import_statements, f"case,code,kind,text\n{BO},2.2,summary,Late.\n"
    ),
    "import cells": lambda g, folder: _table(
        g,
        folder,
        edits.import_cells,
        f"case,code,mark\n{BO},1.2,nothing said\n{BO},2.1,reviewed\n",
    ),
    "import ladder": lambda g, folder: _table(
        g, folder, edits.import_ladder, "level,label,parents\n4,Order,Access\nelement,Queue,Order\n"
    ),
    "import links": lambda g, folder: _table(
        g,
        folder,
        edits.import_links,
        f"source,target,sign,basis,for\nLists,Access,+,participant,{g.codings['list']}\n",
    ),
    "import facets": lambda g, folder: _table(
        g,
        folder,
        edits.import_facets,
        "node,scheme,value\nLists,where,inside\nLocked out,where,gate\n",
    ),
    "import placements": lambda g, folder: _table(
        g,
        folder,
        edits.import_placements,
        f"typology,case,type\nways,{BO},Rare\nways,gardener,Rare\n",
    ),
    "import memos": lambda g, folder: _table(
        g, folder, edits.import_memos, f"kind,text,anchor\nmethod,Look again,case:{BO}\n"
    ),
    "import readings": lambda g, folder: _table(
        g, folder, edits.import_readings, "person,transcript,how\ncato,group,read\n"
    ),
    "import decisions": lambda g, folder: _table(
        g,
        folder,
        edits.import_decisions,
        "coding,outcome,reason,run,person,result\n"
        f"{g.codings['tools']},changed,Too wide,first,cato,{g.codings['july']}\n"
        f"{g.codings['gate']},kept,We agree,first,,\n",
    ),
    "import meetings": lambda g, folder: _table(
        g,
        folder,
        edits.import_meetings,
        "title,present,date,stage,text\nCodes,bo; cato,2024-06-01,index,Keep 2.2.\n",
    ),
    "import quotations": lambda g, folder: _quotations(g, folder),
    "import counts": lambda g, folder: _counts(g, folder),
}


def _charted_by_two(g: Garden, act: Callable[..., object], *args: object, **more: object) -> Do:
    """Plan a round of charting for two people, of whom the first acts."""
    two_versions.plan(g.project)
    return lambda: act(g.project, *args, **more)


def _own_changed(g: Garden) -> Do:
    two_versions.plan(g.project)
    made = two_versions.write(g, "anna", "A gate.", "gate", "rain")
    return lambda: edits.change_own_statement(
        g.project, made, text="The gate.", kind="comment", evidence=[g.codings["gate"]]
    )


def _own_withdrawn(g: Garden) -> Do:
    two_versions.plan(g.project)
    made = two_versions.write(g, "anna", "A gate.", "gate")
    return lambda: edits.withdraw_own_statement(g.project, made)


def _decided_by_two(g: Garden) -> Do:
    two_versions.written(g)
    where = (g.project, two_versions.ROUND, *two_versions.CELL)
    edits.decide_cell(*where, "A", "Said first.")
    return lambda: edits.decide_cell(*where, "both", "Both are true.")


def _finding(g: Garden, do: Do) -> Do:
    """Have a finding with a coding for it, one against it, and an entry for the first."""
    edits.add_finding(g.project, "Rain", text="Rain keeps people away.")
    edits.cite_for_finding(g.project, "Rain", [g.codings["rain"], g.codings["gate"]])
    edits.cite_for_finding(g.project, "Rain", against=[g.codings["july"]])
    edits.verify(g.project, g.codings["rain"], finding="Rain")
    edits.add_finding(g.project, "Snow")
    return do


def _unverify(g: Garden) -> Do:
    entry = edits.verify(g.project, g.codings["rain"])
    return lambda: edits.unverify(g.project, entry)


def _ids(g: Garden, *names: str) -> list[str]:
    return [g.statements[n] for n in names]


def _node(g: Garden, label: str) -> str:
    return next(n["id"] for n in g.live()["node"] if n["label"] == label)


def _empty_ladder(g: Garden) -> Do:
    edits.add_ladder(g.project, "second")
    return lambda: edits.withdraw_ladder(g.project, "second")


def _case_of_little(g: Garden) -> Do:
    """Have a case with words, a value and a marked cell, but nothing that was written of it."""
    edits.assign_case(g.project, "Questions", "group", speaker="I")
    edits.set_attribute(g.project, "Questions", "plot", "0")
    edits.mark_cell(g.project, "Questions", "1.1", "not asked")
    return lambda: edits.withdraw_case(g.project, "Questions")


def _release(g: Garden) -> Do:
    edits.add_framework(g.project, builders.version("draft"))
    return lambda: edits.release(g.project, "draft@1")


def _drafted(g: Garden, do: Callable[..., object], *about: object, **more: object) -> Do:
    """Begin garden@2, and do something with it."""
    edits.begin_draft(g.project, VERSION, "2")
    return lambda: do(g.project, "garden@2", *about, **more)


def _drafted_in_vivo(g: Garden) -> Do:
    edits.begin_draft(g.project, VERSION, "2")
    return lambda: edits.code_in_vivo(
        g.project, "group", 0, 9, name="Sharing out", category="Sharing", framework="garden@2"
    )


def _in_consensus(g: Garden) -> Do:
    edits.start_run(g.project, "talked", VERSION, kind="consensus")
    return lambda: edits.decide_difference(
        g.project, "talked", [g.codings["gate"]], [g.codings["rain"]], "B", "It rains."
    )


def _planned(g: Garden, do: Do, *, worked: bool = False) -> Do:
    """Plan a round; if it is worked in, one of its two runs has something coded."""
    edits.plan_round(g.project, "pilot", ["anna", "cato"], share=0.5, by="plot", seed=7)
    if worked:
        edits.code(g.project, "group", 0, 4, "Tools", run="pilot, anna")
    return do


def _drafted_from_codings(g: Garden) -> Do:
    edits.begin_draft(g.project, VERSION, "2")
    return lambda: edits.propose_from_difference(
        g.project, [g.codings["gate"]], "1.2", "Two things.", split=["Weather", "Locks"]
    )


def _split(g: Garden) -> None:
    """Make a second version, in which one code is two and another is defined otherwise."""
    edits.begin_draft(g.project, VERSION, "2")
    edits.split_code(g.project, "garden@2", "Barriers", ["Weather", "Locks"])
    edits.change_code(g.project, "garden@2", "Tools", definition="Lent ones.")


def _adopt(g: Garden) -> Do:
    edits.add_framework(g.project, builders.version("later"))
    return lambda: edits.adopt_steps(g.project, "garden@1", "later@1")


def _migrate(g: Garden) -> Do:
    _split(g)
    return lambda: edits.migrate(g.project, "first", "garden@2", name="second")


def _answer(g: Garden) -> Do:
    _migrate(g)()
    return lambda: edits.answer_migration(g.project, "second", [], "Locks", "So.", of="1.2")


def _confirm(g: Garden) -> Do:
    _migrate(g)()
    looks = [c["id"] for c in g.live()["coding"] if c["look"]]
    return lambda: edits.confirm_coding(g.project, looks)


def _merge(g: Garden) -> Do:
    """Have two codes of a draft coded and charted alike, and one of them on its own too."""
    edits.begin_draft(g.project, VERSION, "2")
    for code in ("1.1", "1.2"):
        edits.code(g.project, "gardener", 0, 50, code, framework="garden@2")
        edits.write_statement(g.project, "gardener", code, "Both.", framework="garden@2")
    edits.code(g.project, "group", 0, 50, "1.1", framework="garden@2")
    edits.mark_cell(g.project, BO, "1.2", "nothing said", framework="garden@2")
    return lambda: edits.merge_codes(g.project, "garden@2", ["1.1", "1.2"], "Coming or not")


def _finish(g: Garden) -> Do:
    edits.start_run(g.project, "second", VERSION)
    return lambda: edits.finish(g.project, "second", ["group", "gardener"])


def _study_folder(folder: Path) -> StudyFolder:
    """Return a study of one transcript, called as one that is here, and one framework."""
    home = folder / "study"
    for part in ("transcripts", "frameworks/sheds"):
        (home / part).mkdir(parents=True, exist_ok=True)
    (home / "transcripts" / "gardener.txt").write_text(GARDENER, encoding="utf-8")
    (home / "frameworks" / "sheds" / "1.yaml").write_text(
        framework_yaml.dumps(builders.version("sheds")), encoding="utf-8"
    )
    (home / "study.yaml").write_text(
        """
title: Sheds
frameworks: [sheds@1]
people: [{handle: dag, role: owner}]
runs: [{name: sheds run, framework: sheds@1, kind: final, coder: dag, finished: all}]
ladders: [{name: sheds ladder, framework: sheds@1}]
typologies: [{name: size, dimensions: {room: [big]}, types: [{name: Big, values: {room: big}}]}]
attributes: [{name: shed, type: category}]
transcripts:
  headers: [{transcript: gardener, date: "2024-05-06", duration_minutes: 41.5}]
  speakers: [{transcript: gardener, speaker: P1, role: unknown}]
""",
        encoding="utf-8",
    )
    return study.read(home)


def _study(g: Garden, folder: Path) -> Do:
    held = _study_folder(folder)
    return lambda: edits.set_up_study(g.project, held)


def _correct_transcripts(g: Garden, folder: Path) -> Do:
    held = _study_folder(folder)
    return lambda: edits.correct_transcripts(g.project, held)


def _corrected(g: Garden) -> ImportReport:
    """Correct a text so that one coding moves and two wait for a place."""
    text = GARDENER.replace("The quiet. On", "Quiet. On").replace("after six", "at six")
    return edits.correct_transcript(g.project, "gardener", builders.incoming("gardener", text))


def _chart_back(g: Garden, folder: Path) -> Do:
    """Let a colleague change, add and take out statements, and take one back that is gone here."""
    path = folder / "chart.xlsx"
    g.project.export(path)
    rewrite(path, {("Coming", "F2"): "Keys.\nA gate shuts people out.", ("Sharing", "D4"): None})
    edits.withdraw_statement(g.project, g.statements["gate"])
    held = back.read(path)
    return lambda: edits.take_chart_back(g.project, held, conflicts="theirs")


def _corrected_first(g: Garden, do: Do) -> Do:
    _corrected(g)
    return do


def _with_a_memo_that_waits(g: Garden) -> Do:
    """Write a memo beside the hour at which the gate is locked, and correct that hour."""
    start = GARDENER.index("after six")
    (version,) = (v["id"] for v in g.live()["transcript_version"] if v["text"] == GARDENER)
    of = {"anchor": "transcript_version", "anchor_id": version}
    memo = edits.add_memo(g.project, "When?", start=start, stop=start + 9, **of)
    return _corrected_first(g, lambda: edits.place_memo(g.project, memo))


def _pseudonyms(g: Garden) -> Do:
    """Have a verification and a memo with a place go along with a text that changes."""
    edits.verify(g.project, g.codings["july"])
    (version,) = (v["id"] for v in g.live()["transcript_version"] if v["text"] == GROUP)
    of = {"anchor": "transcript_version", "anchor_id": version}
    edits.add_memo(g.project, "Anna again.", start=3, stop=20, **of)
    names = [Chosen("Anna", "Liv"), Chosen("Rain", "Snow"), Chosen("list", "book")]
    return lambda: edits.pseudonymise(g.project, names)


def _removal(g: Garden) -> Do:
    """Have an earlier text, on which nothing waits."""
    edits.pseudonymise(g.project, [Chosen("Rain", "Snow")])
    return lambda: edits.remove_originals(g.project, ["Rain"])


def _finish_runs(g: Garden, folder: Path) -> Do:
    held = _study_folder(folder)
    edits.set_up_study(g.project, held)
    return lambda: edits.finish_runs(g.project, held)


def _table(g: Garden, folder: Path, do: Callable[..., ImportReport], text: str) -> Do:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return lambda: do(g.project, tables.read(path))


def _matrix(g: Garden, folder: Path) -> Do:
    """Have one count of the matrix there already, beside those that are new."""
    path = folder / "weather.csv"
    path.write_text(",A : Anna,B : Bo\n1 : Rain,2,0\n2 : Gate,1,3\n", encoding="utf-8")
    edits.record_count(g.project, "weather", 1, {"code": "Gate", "case": "Anna"})
    return lambda: edits.import_matrix(g.project, nvivo_matrix.read(path))


def _answers(g: Garden, folder: Path) -> Do:
    """Have one answer and one case there that the table has too, beside those that are new."""
    path = folder / "answers.csv"
    path.write_text("id,why\na,Rain.\n", encoding="utf-8")
    edits.import_answers(g.project, answers_table.read(path, "id", ["why"]))
    path.write_text("id,home,why\na,Vik,Rain.\nb,Os,Sun.\n", encoding="utf-8")
    return lambda: edits.import_answers(g.project, answers_table.read(path, "id", ["why"]))


def _segments(g: Garden, folder: Path) -> Do:
    """Have a segment with a comment of two codes, one of them under a category."""
    path = folder / "segments.csv"
    path.write_text(
        "Document,Code,Segment,Author,Comment\n"
        'group,"Place > Shed\nTools",We have a list on the shed.,Eve,Really?\n',
        encoding="utf-8",
    )
    return lambda: edits.import_segments(g.project, segment_table.read(path))


def _summaries(g: Garden, folder: Path) -> Do:
    """Have a summary of a case that is here and of one that is not."""
    path = folder / "summaries.csv"
    text = f"Document,Code,Summary\n{BO},Place > Tools,They come late.\nIda,Rain,She stays in.\n"
    path.write_text(text, encoding="utf-8")
    return lambda: edits.import_summaries(g.project, summary_table.read(path))


def _two_copies(g: Garden, folder: Path) -> Do:
    """Have another copy in which each kind of change was made; close it with the test."""
    other = builders.twin(g.project, folder / "twin.fwb")
    builders.bring(other, ("shed", "P9: The shed is full."))
    edits.code_quote(other, "shed", "The shed is full.", "2.2")
    edits.change_statement(other, g.statements["gate"], text="A gate shuts people out.")
    edits.withdraw_coding(other, g.codings["july"])
    edits.write_statement(other, BO, "2.2", "Tools wander.")
    edits.begin_draft(other, VERSION, "7")
    edits.change_code(other, "garden@7", "2.2", definition="Spades and the like.")
    edits.release(other, "garden@7")
    return lambda: edits.merge(g.project, other)


def _quotations(g: Garden, folder: Path) -> Do:
    """Have one quotation there that the table changes, beside one that is new."""
    edits.quote_in_report(g.project, g.codings["rain"], number=1, report="P1", note="Old.")
    return _table(
        g,
        folder,
        edits.import_quotations,
        "report,number,coding,node,speaker,participant\n"
        f"P1,1,{g.codings['gate']},Locked out,Member,7\nP1,2,{g.codings['list']},,,\n",
    )


def _counts(g: Garden, folder: Path) -> Do:
    """Have one count there that the table changes, beside one that is new."""
    edits.record_count(g.project, "visits", 1, {"month": "May"})
    return _table(
        g, folder, edits.import_counts, "series,month,count\nvisits,May,2\nvisits,June,0\n"
    )


def _taguette() -> TaguetteProject:
    """Return a project of one document, one tag and two highlights, one of them untagged."""
    text = "I: Well?\nKari: The shed is full."
    return TaguetteProject(
        "Sheds",
        "",
        "",
        ("kari",),
        (TaguetteDocument(1, "shed.txt", "", "shed.txt", "", text),),
        (TaguetteTag(1, "room", "How full it is."),),
        (
            TaguetteHighlight(1, 1, 15, 23, "The shed", (1,), "kari", ""),
            TaguetteHighlight(2, 1, 24, 31, "is full", (), "kari", ""),
        ),
        ImportReport("Sheds"),
    )


def _refi(g: Garden, folder: Path) -> Do:
    """Have a project with a folder, two coders, a comment, a note, a case and an attribute."""
    body = refi_files.SMALL
    path = refi_files.qdpx(folder / "sheds.qdpx", refi_files.qde(body, name="Sheds"))
    return lambda: edits.import_refi(g.project, refi_reading.read(path), "hash")


def _database(g: Garden, folder: Path) -> Do:
    """Have a project of QualCoder with a category, two coders, a comment, a journal and a case."""
    path = foreign_databases.small_qualcoder(folder / "sheds.qda" / "data.qda")
    return lambda: edits.import_database(g.project, qualcoder.read(path), "hash")


def assert_there_and_back(
    garden: Garden,
    verb: str,
    folder: Path,
    times: int = 2,
    rows: Callable[[Garden], object] = Garden.live,
) -> None:
    """Do one act, undo it and redo it so many times, looking at all rows; undo all of it."""
    untouched = garden.acts()
    do = SCENARIOS[verb](garden, folder)
    before, entries = rows(garden), garden.acts()
    do()
    after, newest = rows(garden), garden.project.history(1)[0]
    assert (newest["verb"], newest["kind"], newest["who"]) == (verb, "do", "anna")
    assert garden.acts() == entries + 1
    assert after != before
    for _ in range(times):
        assert garden.project.undo() == newest["summary"]
        assert rows(garden) == before
        assert garden.project.redo() == newest["summary"]
        assert rows(garden) == after
    for _ in range(1 + entries - untouched):
        garden.project.undo()


def digests(garden: Garden) -> dict[str, str]:
    """Return table → what PostgreSQL makes of all its live rows, without bookkeeping."""
    with garden.project.reading() as connection:
        return dict(connection.exec_driver_sql(_digests_of_tables()).all())


@functools.cache
def _digests_of_tables() -> str:
    return " UNION ALL ".join(
        f"SELECT '{table}', coalesce(md5(string_agg(md5(of::text), '' ORDER BY of.id)), '') "
        f"FROM ({query.compile(dialect=postgresql.dialect())}) AS of"
        for table, query in builders.live_rows().items()
    )


def test_every_act_has_a_scenario():
    assert set(SCENARIOS) == set(edits.ACTS)


@pytest.mark.parametrize("verb", some(sorted(SCENARIOS.keys() - ONE_WAY)))
def test_an_act_is_one_entry_and_can_be_undone_and_redone(verb, garden, tmp_path):
    assert_there_and_back(garden, verb, tmp_path)


@pytest.mark.parametrize("verb", sorted(ONE_WAY))
def test_an_act_without_a_way_back_is_one_entry_and_undo_says_so(verb, garden, tmp_path):
    do = SCENARIOS[verb](garden, tmp_path)
    entries = garden.acts()
    do()
    after, newest = garden.live(), garden.project.history(1)[0]
    assert (newest["verb"], newest["kind"], newest["who"]) == (verb, "do", "anna")
    assert garden.acts() == entries + 1
    with pytest.raises(NoWayBack):
        garden.project.undo()
    assert garden.live() == after


def test_acts_one_after_the_other_leave_a_shared_database_as_it_was(garden_on_server, tmp_path):
    before, rows = garden_on_server.live(), digests(garden_on_server)
    for verb in some(sorted(SCENARIOS.keys() - ONE_WAY)):
        assert_there_and_back(garden_on_server, verb, tmp_path, times=1, rows=digests)
        assert digests(garden_on_server) == rows, verb
    assert garden_on_server.live() == before
    assert garden_on_server.project.check() == []


def test_the_whole_project_can_be_undone_to_nothing_and_redone(garden):
    whole, acts = garden.live(), garden.acts()
    assert json.dumps(whole, default=str).count("The gate is locked") > 1
    for _ in range(acts):
        garden.project.undo()
    assert not any(garden.live().values())
    assert garden.project.check() == []
    for _ in range(acts):
        garden.project.redo()
    assert garden.live() == whole
    assert garden.project.check() == []
