"""Every command: what it prints, what its JSON holds, and the act it does (law 9).

They work on the garden of `builders`: one gardener interviewed, Anna and Bo in a group;
codes 1.1 and 1.2 (Coming), 2.1 and 2.2 (Sharing). The figures are counted by hand there.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import foreign_databases
import pytest
import refi_files
from builders import ANNA, BO, GARDENER, GROUP
from colleague import rewrite
from console import Ran, matches, workbench
from trying import some

from workbench.cli.contents import SECTIONS
from workbench.cli.main import command
from workbench.project import demonstration, door, edits, transcript_page

P = "garden.fwb"
FRAMEWORK = """\
framework: bus
version: "1"
objective: How do people get there?
codes:
  - {number: "1", name: Near, definition: It is near.}
"""
SECOND = """\
framework: bus
version: "2"
parent: bus@1
codes:
  - {id: near, number: "1", name: Close, definition: It is near.}
  - {number: "2", name: Late, definition: It comes late.}
steps:
  - {rename: near, author: tora, date: 2024-05-06, reason: Said so.}
  - {add: late, reason: Six waited.}
"""
TYPES = {"name": "moods", "dimensions": {"mood": ["good"]}, "types": {"glad": {"mood": "good"}}}
TABLES = {
    "cases": "case,town\ngardener,Vik\n",
    "spans": "case,transcript,start,stop\ngardener,group,3,20\n",
    "codings": "transcript,code,quote\ngardener,1.1,The quiet.\n",
    "statements": f"case,code,kind,text\n{BO},2.2,summary,Late tools.\n",
    "cells": f"case,code,mark\n{BO},1.2,nothing said\n",
    "ladder": "level,label\nelement,Keys\n",
    "links": "source,target,sign,basis\nLists,Locked out,+,authors\n",
    "facets": "node,scheme,value\nLists,where,inside\n",
    "placements": "typology,case,type\nways,gardener,Rare\n",
    "memos": "kind,text\nanalytic,Who has the key?\n",
    "readings": "person,transcript,how\nbo,group,read\n",
    "decisions": "coding,outcome,reason,run\n{tools},dropped,Too wide.,first\n",
    "meetings": "title,present,stage\nCodes,bo,index\n",
    "quotations": "number,coding,speaker\n1,{rain},Member\n",
    "counts": "series,month,count\nvisits,May,12\nvisits,June,3\n",
}
PRINTED = """\
cell,row,column,value,figure,of,register
people,people,number,1,cases,,
codes,codes,number,1,codes,framework=bus@1,
seats,seats,number,50,,,X1
"""
REGISTER = "id,what,kind,holds\nX1,Two papers say two numbers.,stated,seats = 50\n"
MATRIX = ",A : Anna,B : Bo\n1 : Rain,2,0\n2 : Gate,1,3\n"
STUDY = """\
title: By bus
frameworks: [bus@1]
runs:
  - {name: only, framework: bus@1, kind: final, finished: all}
transcripts:
  headers: [{transcript: ola, mode: in person}]
"""


@dataclass(frozen=True, slots=True)
class Here:
    """The folder the commands run in, and the ids in the garden by short names."""

    folder: Path
    ids: dict[str, str]

    def run(self, *words: str) -> Ran:
        """Run a command, ids put in place of {names}."""
        return workbench(*(w.format(**self.ids) for w in words), cwd=self.folder, who="anna")

    def json(self, *words: str) -> Any:
        """Run a command with --json and return what it says."""
        ran = self.run(*words, "--json")
        assert (ran.code, ran.err) == (0, "")
        return json.loads(ran.out)


@pytest.fixture
def here(garden: tuple[bytes, dict[str, str]], tmp_path: Path) -> Here:
    content, ids = garden
    (tmp_path / P).write_bytes(content)
    (tmp_path / "swap.csv").write_text("code,definition\nTools,Lent.\n")
    (tmp_path / "bus.yaml").write_text(FRAMEWORK)
    (tmp_path / "types.json").write_text(json.dumps(TYPES))
    (tmp_path / "names.csv").write_text("name,replacement\nAnna,Liv\nRain,Snow\nJuly,\n")
    corrected = GARDENER.replace("after six", "after seven").replace("Rain keeps", "Rain kept")
    (tmp_path / "gardener.txt").write_text(corrected)
    (tmp_path / "third.txt").write_text("I: And you?\nCara: I never come.\n")
    for kind, text in TABLES.items():
        (tmp_path / f"{kind}.csv").write_text(text.format(**ids))
    (tmp_path / "matrix.csv").write_text(MATRIX)
    (tmp_path / "rated.csv").write_text("cell,anna,bo\nAnna: Tools,2,3\nBo: Tools,1,1\n")
    study = tmp_path / "study"
    (study / "transcripts").mkdir(parents=True)
    (study / "frameworks" / "bus").mkdir(parents=True)
    (study / "study.yaml").write_text(STUDY)
    (study / "transcripts" / "ola.txt").write_text("I: How?\nOla: By bus.\nOla: Always.\n")
    (study / "frameworks" / "bus" / "1.yaml").write_text(FRAMEWORK)
    (study / "published").mkdir()
    (study / "published" / "sample.csv").write_text(PRINTED)
    (study / "register.csv").write_text(REGISTER)
    return Here(tmp_path, dict(ids))


CLAIM = (
    ("finding", "add", P, "Rain", "--about", "Locked out"),
    ("finding", "cite", P, "Rain", "{rain}", "{gate}"),
    ("finding", "cite", P, "Rain", "--against", "{july}", "--note", "Only once."),
    ("verify", P, "{rain}"),
)
CORRECTED = {"unplaced", "place-coding", "place-memo"}
CLAIMED = {"finding change", "finding cite", "finding uncite", "findings", "verify", "verification"}


PSEUDONYMISED = {f"pseudonyms {name}" for name in ("key", "seal", "remove", "unseal")}
MEANT = ("--key", "names.key", "--name", P)


def beside_the_gate(here: Here) -> str:
    """Write a memo beside words that are corrected; return its id."""
    with door.open_project(here.folder / P, who="anna") as project:
        version = transcript_page.shown_text(project, "gardener").version_id
        start = GARDENER.index("after six")
        of = {"anchor": "transcript_version", "anchor_id": version}
        return edits.add_memo(project, "When?", start=start, stop=start + 9, **of)


def claim(name: str, here: Here) -> None:
    """State a finding for a command about findings, and verify one of its quotations.

    For a command about codings that wait, correct the text of two.
    """
    if name in CORRECTED:
        if name == "place-memo":
            here.ids["beside"] = beside_the_gate(here)
        assert here.run("correct", P, "gardener", "gardener.txt").code == 0
    if name in PSEUDONYMISED:
        assert here.run("pseudonyms", "apply", P, "names.csv", "--key", "names.key").code == 0
    if name == "pseudonyms unseal":
        assert here.run("pseudonyms", "seal", P, "texts.sealed", *MEANT).code == 0
    if name in CLAIMED | {"withdraw"}:
        said = [here.run(*words) for words in CLAIM]
        assert [ran.code for ran in said] == [0] * len(CLAIM)
        here.ids["entry"] = said[-1].out.rpartition("[")[2].rstrip("]\n")


APART_FROM = (
    ("backup", P, "--to", "theirs.fwb"),
    ("change-statement", P, "{said_gate}", "--text", "Gates shut people out."),
    ("change-statement", "theirs.fwb", "{said_gate}", "--text", "A lock does.", "--as", "bo"),
    ("quote", "theirs.fwb", "gardener", "a key", "1.2", "--as", "bo"),
)


def part(name: str, here: Here) -> None:
    """Make another copy for a command that merges, and change one statement in both."""
    if name == "merge":
        assert [here.run(*words).code for words in APART_FROM] == [0] * len(APART_FROM)


MIGRATION = (
    ("framework", "draft", P, "garden@1", "2"),
    ("framework", "code", "split", P, "garden@2", "Barriers", "Weather", "Locks"),
    ("framework", "code", "change", P, "garden@2", "Tools", "--definition", "Lent ones."),
    ("framework", "migrate", P, "first", "garden@2", "--name", "second"),
)
MIGRATED = {f"framework {name}" for name in ("questions", "answer", "look-again", "confirm")}


def migrate(name: str, here: Here) -> None:
    """Carry the codings to a second version for a command about them."""
    if name == "framework adopt":
        assert here.run("framework", "add", P, "swap.csv").code == 0
    if name in MIGRATED:
        assert [here.run(*words).code for words in MIGRATION] == [0] * len(MIGRATION)
        (carried,) = here.json("framework", "look-again", P, "garden@2")
        here.ids["carried"] = carried["coding_id"]


BO_ALONE = (
    ("run", "start", P, "bo alone", "--kind", "independent", "--coder", "bo"),
    ("quote", P, "gardener", "Rain keeps me away.", "1.2", "--run", "bo alone", "--as", "bo"),
)


BOTH = ("--side", "first", "--side", "bo alone")


def code_twice(name: str, here: Here) -> None:
    """Let Bo code a sentence of one transcript in a run of his own, to be compared."""
    if name in ("agree", "differences") or name.startswith("difference "):
        assert [here.run(*words).code for words in BO_ALONE] == [0] * len(BO_ALONE)


DRAW = ("--share", "0.5", "--by", "plot", "--seed", "7")
ROUND = (
    ("round", "plan", P, "pilot", "--coder", "anna", "--coder", "bo", *DRAW),
    ("run", "finish", P, "pilot, anna", "gardener", "group"),
)


def plan_round(name: str, here: Here) -> None:
    """Plan a round, of which one coder is through."""
    if name in ("rounds", "round rename", "round withdraw"):
        assert [here.run(*words).code for words in ROUND] == [0] * len(ROUND)


CODE = ("--code", "1.2")
CELL = (P, "double", "gardener", "1.2")
BY_TWO = (
    ("plan", P, "double", "--person", "anna", "--person", "bo", "--case", "gardener", *CODE),
    ("write", *CELL, "Rain and the gate.", "--evidence", "{rain}", "--evidence", "{gate}"),
    ("write", *CELL, "The gate is shut.", "--evidence", "{gate}", "--as", "bo"),
    ("finish", P, "double"),
    ("finish", P, "double", "--as", "bo"),
)


def chart_by_two(name: str, here: Here) -> None:
    """Have two people chart a cell: as far as a command needs it, and no further."""
    group, _, command = name.partition(" ")
    if group != "charting":
        return
    far = {"plan": 0, "write": 1, "finish": 1, "change": 2, "withdraw": 2}.get(command, 5)
    for words in BY_TWO[:far]:
        assert here.run("charting", *words).code == 0
    if far > 1:
        here.ids["own"] = here.json("charting", "cell", *CELL)[0]["own_statement"]


def make(words: list[str], here: Here) -> None:
    """Make matrix.fwb or bus.fwb for a command, this with its second version if named."""
    if words[:1] == ["matrix.fwb"]:
        assert here.run("import", "matrix.fwb", "matrix.csv").code == 0
    if "garden@2" in words and here.run("framework", "show", P, "garden@2").code:
        assert here.run("framework", "draft", P, "garden@1", "2").code == 0
    if words[:1] == ["bus.fwb"]:
        (here.folder / "second.yaml").write_text(SECOND)
        for file in ["bus.yaml", "second.yaml"][: 1 + ("bus@2" in words)]:
            assert here.run("framework", "add", "bus.fwb", file).code == 0


def table(*rows: str) -> str:
    """Return rows as a pipe gets them: a tab for every bar."""
    return "".join(row.replace(" | ", "\t").replace("| ", "\t").strip(" ") + "\n" for row in rows)


FIRST = GARDENER.index("Rain")
COUNTS = [
    "case | Reasons to come | Barriers | Shared work | Tools",
    "gardener | 1 | 2 | 0 | 0",
    "group: Anna | 1 | 0 | 1 | 0",
    "group: Bo | 0 | 0 | 1 | 1",
]

SHOWS: dict[str, tuple[list[str], str]] = {
    "transcripts": (
        [P],
        table(
            "transcript | length | turns | coded_turns | turn_share | …",
            f"gardener | {len(GARDENER)} | 2 | 2 | 1 | …",
            f"group | {len(GROUP)} | 4 | 4 | 1 | …",
        ),
    ),
    "speakers": (
        [P],
        table(
            "transcript | speaker | role | turns | words | …",
            "gardener | I | interviewer | 2 | 11 | …",
            "gardener | P1 | participant | 2 | …",
            "group | I | interviewer | 2 | 9 | …",
            "group | Anna | participant | 2 | 18 | …",
            "group | Bo | participant | 2 | 20 | …",
        ),
    ),
    "cases": (
        [P],
        table(
            "case | plot | member",
            "gardener | 12 | yes",
            "group: Anna | 3 | ",
            "group: Bo |  | ",
        ),
    ),
    "search": (
        [P, "Rain", "--context", "4", "-n", "1"],
        table(
            "transcript | turn | speaker | start | stop | before | match | after",
            f"gardener | 4 | P1 | {FIRST} | {FIRST + 4} | P1:  | Rain |  kee",
        ),
    ),
    "pseudonyms hits": (
        [P, "names.csv", "--context", "4"],
        table(
            "name | place | of | start | before | match | after | becomes",
            f"Rain | transcripts | gardener | {FIRST} | P1:  | Rain |  kee | Snow",
            f"Anna | transcripts | group | {GROUP.index('Anna')} | rk? ⏎  | Anna | : We | Liv",
            f"Anna | transcripts | group | {GROUP.rindex('Anna')} | ed. ⏎  | Anna | : Th | Liv",
            f"Rain | transcripts | group | {GROUP.index('Rain')} | ly.  | Rain |  hel | Snow",
            "Anna | transcripts | speaker | 0 |  | Anna |  | Liv",
            "Anna | cases | case | 7 | up:  | Anna |  | Liv",
            "Rain | transcripts | statement | 0 |  | Rain |  kee | Snow",
        ),
    ),
    "pseudonyms key": (
        ["names.key"],
        table("name | kind | replacement", "Anna |  | Liv", "Rain |  | Snow"),
    ),
    "readings": (
        [P],
        table(
            "person | transcript | how | date | note | reading_id",
            "anna | gardener | read | 2024-05-06 |  | …",
        ),
    ),
    "memos": (
        [P],
        table(
            "kind | title | text | person | anchor | transcript | start | memo_id",
            "analytic |  | Who keeps the list? | anna | case |  |  | …",
        ),
    ),
    "decisions": (
        [P],
        table(
            "date | title | text | stage | present",
            " | Scope | Only this garden. |  | anna; bo",
        ),
    ),
    "person list": (
        [P],
        table(
            "handle | name | role | credentials | occupation",
            "anna |  | coder |  | ",
            "bo |  | coder |  | ",
        ),
    ),
    "framework questions": (
        [P, "second"],
        table(
            "coding_id | transcript | cases | code | quote | coder | to | why",
            "… | gardener | gardener | 1.2 Barriers | Rain keeps me away. | anna | "
            "1.2 Weather; 1.3 Locks | “1.2 Barriers” is “1.2 Weather” or “1.3 Locks” in "
            "garden@2",
            "… | gardener | gardener | 1.2 Barriers | The gate is locked after six, and nobody "
            "has a key. | anna | 1.2 Weather; 1.3 Locks | “1.2 Barriers” is “1.2 Weather” or "
            "“1.3 Locks” in garden@2",
        ),
    ),
    "framework look-again": (
        [P, "garden@2"],
        table(
            "coding_id | transcript | code | quote | coder | run | look",
            "… | group | 2.2 Tools | Tools are lent and come back late. | anna | second | "
            "the definition of “2.2 Tools” is another in garden@2",
        ),
    ),
    "framework tree": (
        ["bus.fwb"],
        table(
            "version | parent | objective | state | categories | codes | codings",
            "bus@1 |  | How do people get there? | draft | 0 | 1 | 0",
        ),
    ),
    "framework propose": (
        ["bus.fwb", "bus@1", "bus@2"],
        table(
            "number | thing | step | before | after | confidence | because",
            "1 | code | rename | 1 Near | 1 Close | certain | the same id",
            " | code | add |  | 2 Late | likely | nothing is like it",
        ),
    ),
    "framework diff": (
        ["bus.fwb", "bus@1", "bus@2"],
        table(
            "kind | thing | difference | before | after | reason | codings | cells",
            "objective | framework | The objective is another | How do people get there? |  |  | "
            "0 | 0",
            "added | code | Added the code “Late” |  | It comes late. | Six waited. | 0 | 0",
            "renamed | code | Renamed “Near” to “Close” | Near | Close | Said so. | 0 | 0",
        ),
    ),
    "framework list": (
        [P],
        table(
            "name | version | parent | objective | state | categories | codes",
            "garden | 1 |  |  | released | 2 | 4",
        ),
    ),
    "framework show": (
        [P],
        "garden@1 (released): \n"
        "1 Coming\n  · 1.1 Reasons to come\n  · 1.2 Barriers\n"
        "2 Sharing\n  · 2.1 Shared work\n  · 2.2 Tools\n",
    ),
    "framework steps": (
        ["bus.fwb", "bus@2"],
        table(
            "step | kind | thing | before | after | author | date | reason",
            "1 | rename | code | 1 Near | 1 Close | tora | 2024-05-06 | Said so.",
            "2 | add | code |  | 2 Late |  |  | Six waited.",
        ),
    ),
    "run list": (
        [P],
        table(
            "run | framework | kind | blind | coder | codings | finished",
            "first | garden@1 | final | no |  | 7 | 2",
        ),
    ),
    "rounds": (
        [P],
        table(
            "round | framework | coder | finished | transcripts | share | blind | open | drawn | "
            "seed | drawn_from | run",
            "pilot | garden@1 | anna | 1 | 1 | 50% | yes | no | by plot | 7 | 2 | pilot, anna",
            "pilot | garden@1 | bo | 0 | 1 | 50% | yes | no | by plot | 7 | 2 | pilot, bo",
        ),
    ),
    "charting list": (
        [P],
        table(
            "round | framework | person | finished | cells | decided | blind | open | seed | "
            "drawn_from",
            "double | garden@1 | anna | 1 | 1 | 0 | yes | yes |  | ",
            "double | garden@1 | bo | 1 | 1 | 0 | yes | yes |  | ",
        ),
    ),
    "charting cell": (
        [*CELL],
        table(
            "side | person | kind | text | words | own_statement",
            "A | anna | summary | Rain and the gate. | Rain keeps me away.; The gate is locked "
            "after six, and nobody has a key. | …",
            "B | bo | summary | The gate is shut. | The gate is locked after six, and nobody has "
            "a key. | …",
        ),
    ),
    "charting differences": (
        [P, "double"],
        table(
            "case | code | state | first | second | codings | characters | why | "
            "shared_characters | all_characters | choice | reason | who",
            "gardener | 1.2 Barriers | open | Rain and the gate. | The gate is shut. | 0.5 | "
            "0.7286 |  | 51 | 70 |  |  | ",
        ),
    ),
    "codings": (
        [P],
        table(
            "transcript | turn | speaker | start | stop | number | code | coder | run | quote | "
            "coding_id",
            "…",
            f"gardener | 4 | P1 | {FIRST} | {FIRST + 19} | 1.2 | Barriers | anna | first | "
            "Rain keeps me away. | …",
            "…",
        ),
    ),
    "unplaced": (
        [P, "gardener"],
        table(
            "transcript | number | code | coder | fate | quote | now | coding_id",
            "gardener | 1.2 | Barriers | anna | changed | Rain keeps me away. | "
            "Rain kept me away. | …",
            "gardener | 1.2 | Barriers | anna | changed | "
            "The gate is locked after six, and nobody has a key. | "
            "The gate is locked after seven, and nobody has a key. | …",
        ),
    ),
    "frequencies": (
        [P],
        table(
            "number | code | category | codings | transcripts | coders | cases",
            "1.1 | Reasons to come | Coming | 2 | 2 | 1 | 2",
            "1.2 | Barriers | Coming | 2 | 1 | 1 | 1",
            "2.1 | Shared work | Sharing | 2 | 1 | 1 | 2",
            "2.2 | Tools | Sharing | 1 | 1 | 1 | 1",
        ),
    ),
    "co-occurrence": (
        [P, "--unit", "case"],
        table(
            "code | other | count",
            "Reasons to come | Barriers | 1",
            "Reasons to come | Shared work | 1",
            "Shared work | Tools | 1",
        ),
    ),
    "chart": ([P, "--values", "counts"], table(*COUNTS)),
    "agree": (
        [P, "first", "bo alone", "--draws", "0"],
        table(
            "code | units | by side | prevalence | bias | percent | positive | negative | …",
            "1.1 Reasons to come | 4 | 1 / 0 | 0.125 | 0.250 | 0.750 | 0.000 | 0.857 | 0.000 | …",
            "1.2 Barriers | 4 | 1 / 1 | 0.250 | 0.000 | 1.000 | 1.000 | 1.000 | 1.000 | …",
            "2.1 Shared work | 4 | 0 / 0 | 0.000 | 0.000 | 1.000 | undefined | 1.000 | …",
            "2.2 Tools | 4 | 0 / 0 | …",
            "Coming | 4 | 2 / 1 | 0.375 | 0.250 | 0.750 | 0.667 | 0.800 | 0.500 | …",
            "Sharing | 4 | 0 / 0 | …",
            "any code | 4 | 2 / 1 | …",
            "all codes | 16 | 2 / 1 | …",
        ),
    ),
    "ratings": (
        ["rated.csv", "--level", "interval"],
        table(
            "raters | units | apart | percent | alpha | why undefined",
            # by hand: 1 1 2 3, of which two are 1 apart: 1 - 2 * 1 / (22 / 3)
            "anna / bo | 2 | Anna: Tools | 0.500 | 0.727 | ",
        ),
    ),
    "differences": (
        [P, "first", "bo alone"],
        table(
            "kind | transcript | start | stop | code | other | shared | together | words | decided"
            " | choice | reason | coding",
            f"one-sided | gardener | {GARDENER.index('The quiet')} | … | Reasons to come |  | …",
            f"one-sided | gardener | {GARDENER.index('The gate')} | … | Barriers |  | 0 | …",
        ),
    ),
    "states": (
        [P],
        table(
            "case | code | state | reason",
            "gardener | Reasons to come | reviewed | ",
            "gardener | Barriers | charted | ",
            "gardener | Shared work | nothing said | ",
            "gardener | Tools | not asked | ",
            "group: Anna | Reasons to come | indexed, not charted | ",
            "group: Anna | Barriers | nothing said | ",
            "group: Anna | Shared work | charted | ",
            "group: Anna | Tools | nothing said | ",
            "group: Bo | Reasons to come | nothing said | ",
            "group: Bo | Barriers | nothing said | ",
            "group: Bo | Shared work | charted | ",
            "group: Bo | Tools | indexed, not charted | ",
        ),
    ),
    "statements": (
        [P],
        table(
            "case | number | code | position | kind | text | statement_id",
            "gardener | 1.1 | Reasons to come | 1 | summary | The garden helps on bad days. | …",
            "gardener | 1.2 | Barriers | 1 | verbatim | Rain keeps me away. | …",
            "gardener | 1.2 | Barriers | 2 | summary | A locked gate shuts people out. | …",
            "group: Anna | 2.1 | Shared work | 1 | summary | A list shares the work out. | …",
            "group: Bo | 2.1 | Shared work | 1 | summary | The list does not hold. | …",
            "group: Bo | 2.1 | Shared work | 2 | comment | He laughs here. | …",
        ),
    ),
    "coverage": (
        [P, "--of", "cells"],
        table(
            "case | code | codings",
            "group: Anna | Reasons to come | 1",
            "group: Bo | Tools | 1",
        ),
    ),
    "counts": (
        ["matrix.fwb", "--by", "code, case", "--series", "matrix"],
        table(
            "series | code | case | count",
            "matrix | Rain | Anna | 2",
            "matrix | Rain | Bo | 0",
            "matrix | Gate | Anna | 1",
            "matrix | Gate | Bo | 3",
        ),
    ),
    "map": (
        [P],
        "Access [theme]: 1 case, 2 statements\n"
        "  Weather and locks [category]: 1 case, 2 statements\n"
        "    Locked out [element]: 1 case, 2 statements\n…\n",
    ),
    "network": (
        [P],
        table(
            "source_node | sign | target_node | relation | basis | groups | weight | mentions | "
            "against | on_authors | links",
            "Locked out | − | Use of the garden |  | participant |  | 1 | 2 | 1 | no | …",
        ),
    ),
    "findings": (
        [P],
        table(
            "number | finding | node | cases | mentions | against | node_cases | supported_by | "
            "contradicted_by",
            f"1 | Rain | Locked out | 1 | 2 | 1 | 1 | gardener | {ANNA}",
        ),
    ),
    "verification": (
        [P, "--open"],
        table(
            "place | words | transcript | turn | speaker | before | after | state | outcome | "
            "verified_by | at | note | coding_id | verification_id",
            "Rain | The gate … | gardener | 4 | P1 | … | open |  |  |  |  | … | ",
            "Rain | Rain helps us. | group | 4 | Anna | … | open |  |  |  |  | … | ",
        ),
    ),
    "trace": (
        [P, "gardener × 2.2"],
        "cell: gardener × 2.2 Tools  …marked not asked…\n",
    ),
    "reproduce": (
        ["study"],
        "study: By bus\n"
        + table(
            "table | cells | equal | explained | stated | differs | not rebuilt",
            "sample | 3 | 2 | 0 | 1 | 0 | 0",
        )
        + "Register: of 1 entry 1 held.\n"
        "study: reproduced, 2 of 3 cells as printed, 1 stated.\n\n",
    ),
    "history": ([P, "-n", "1"], "…UTC  anna: Set title\n"),
    "check": ([P], "All ten laws hold; …\n"),
    "help": ([], "Pages of the manual (workbench help PAGE):\nstart …\n…\n"),
}
"""Command → its arguments, and what it prints into a pipe."""

DOES: dict[str, list[tuple[str, list[str], str]]] = {
    "new": [("", ["new.fwb"], "Made new.fwb. Next: workbench import new.fwb FILE...\n")],
    "import": [
        ("import transcripts", [P, "third.txt"], "third.txt: 1 transcript, 2 turns, …1 case.\n…\n"),
        (
            "correct transcript",
            [P, "gardener.txt", "--correct"],
            "gardener.txt: 1 corrected transcript, 1 moved coding, 2 changed codings.\n…\n",
        ),
        (
            "take chart back",
            [P, "back.xlsx"],
            "back.xlsx: 1 changed statement, 1 new statement.\n",
        ),
        ("", [P, "third.txt", "--rehearse"], "third.txt: 1 transcript, 2 turns, …1 case.\n…\n"),
        ("import cases", [P, "cases.csv"], "cases.csv: 1 case.\n…\n"),
        ("import spans", [P, "spans.csv"], "spans.csv: 1 span.\n"),
        ("import codings", [P, "codings.csv"], "codings.csv: 1 coding.\n"),
        ("import statements", [P, "statements.csv"], "statements.csv: 1 statement.\n…\n"),
        ("import cells", [P, "cells.csv"], "cells.csv: 1 mark of cells.\n"),
        ("import ladder", [P, "ladder.csv"], "ladder.csv: 1 node.\n"),
        ("import links", [P, "links.csv"], "links.csv: 1 link.\n…\n"),
        ("import facets", [P, "facets.csv"], "facets.csv: 1 facet.\n"),
        ("import placements", [P, "placements.csv"], "placements.csv: 1 placement.\n"),
        ("import memos", [P, "memos.csv"], "memos.csv: 1 memo.\n"),
        (
            "import matrix",
            [P, "matrix.csv", "--labels", "theme,person"],
            "matrix.csv: 1 matrix, 4 counts.\n…\n",
        ),
        ("import readings", [P, "readings.csv"], "readings.csv: 1 reading.\n"),
        ("import decisions", [P, "decisions.csv"], "decisions.csv: 1 decision.\n"),
        ("import meetings", [P, "meetings.csv"], "meetings.csv: 1 meeting.\n"),
        ("import quotations", [P, "quotations.csv"], "quotations.csv: 1 quotation.\n"),
        ("import counts", [P, "counts.csv"], "counts.csv: 2 counts.\n"),
        ("set up study", ["new.fwb", "study"], "By bus: 1 transcript, 3 turns, …1 run.\n…\n"),
        ("correct transcripts", ["new.fwb", "study"], "By bus: …\n…\n"),
        ("finish runs", ["new.fwb", "study"], "By bus: …\n…\n"),
    ],
    "export": [
        ("", [P, "c.csv", "f.yaml"], "c.csv: 3 rows of chart.\nf.yaml: garden@1, 4 codes.\n"),
        ("", [P, "t.docx", "--what", "theme", "--of", "Access"], "t.docx: Access, 2 quotations.\n"),
        ("", [P, "q.csv", "--what", "quotations"], "q.csv: 7 rows of quotations.\n"),
        ("", [P, "n.gexf", "n.svg"], "n.gexf: 2 nodes and 1 link.\nn.svg: 2 nodes and 1 link.\n"),
    ],
    "study init": [
        (
            "",
            ["first", "--title", "My own"],
            "Wrote first. Its README.md leads on; first: workbench reproduce first\n",
        )
    ],
    "study export": [
        (
            "",
            [P, "out"],
            "out: 2 transcripts, 1 framework, 1 run, 3 cases, 7 codings, 6 statements, "
            "3 marks of cells, 5 nodes, 1 link, 1 facet, 1 placement, 1 memo, 1 reading, "
            "1 meeting.\n"
            "  Not in a study: the history (… acts), …\n",
        )
    ],
    "set": [("change setting", [P, "objective", "Why come?"], "Set objective.\n")],
    "settings": [
        ("change settings", [P, "title=Sheds", "language=nb"], "Set title, language.\n"),
    ],
    "backup": [("", [P], "Wrote ….backup-by-hand-….fwb.\n")],
    "person profile": [
        (
            "change profile",
            [P, "anna", "name=Anna A.", "role=owner"],
            "Changed the profile of anna: name, role.\n",
        )
    ],
    "describe": [
        (
            "describe transcript",
            [P, "group", "mode=in person", "duration_minutes=61.5"],
            "Set mode, duration minutes of “group”.\n",
        )
    ],
    "person add": [("add person", [P, "kim", "--role", "reader"], "Added kim to the team.\n")],
    "person change": [("change person", [P, "anna", "name", "Anna A."], "Set name of anna.\n")],
    "memo": [("add memo", [P, "Look again.", "--title", "Gate"], "Wrote a memo “Gate” […]\n")],
    "change-memo": [
        ("change memo", [P, "{memo}", "--title", "List"], "Changed the memo “List”.\n")
    ],
    "decision": [
        (
            "record decision",
            [
                P,
                "Codes",
                "Keep 2.2.",
                "--date",
                "2024-05-07",
                "--present",
                "bo",
                "--stage",
                "index",
            ],
            "Recorded the decision “Codes”.\n",
        )
    ],
    "header": [
        ("change header", [P, "group", "mode", "in person"], "Set mode of “group” to in person.\n")
    ],
    "speaker": [
        (
            "set speaker role",
            [P, "group", "Bo", "interviewer"],
            "“Bo” in “group” is interviewer.\n",
        )
    ],
    "reading": [
        (
            "log reading",
            [P, "group", "--listened", "--note", "Twice"],
            "anna listened to “group”.\n",
        )
    ],
    "case add": [("add cases", [P, "Cara", "Dag"], "2 new cases.\n")],
    "case set": [("set attribute", [P, BO, "plot", "7"], "“group: Bo”: plot is 7.\n")],
    "case assign": [
        (
            "assign case",
            [P, "Cara", "group", "--speaker", "Anna"],
            "What Anna says in “group” belongs to case “Cara”.\n",
        )
    ],
    "case unassign": [
        (
            "unassign case",
            [P, BO, "group", "--start", f"{GROUP.index('Bo: Tools')}"],
            f"The range {GROUP.index('Bo: Tools')}- of “group” does not belong to case “{BO}”.\n",
        )
    ],
    "case describe": [
        (
            "set attributes",
            [P, BO, "plot=7", "since=2001", "--type", "since=text"],
            "Set 2 values of 1 case.\n",
        )
    ],
    "case change": [
        (
            "change cases",
            [P, BO, "plot=9", "member=no", "--label", "Bo Ås"],
            "Set 2 values, renamed 1 case.\n",
        )
    ],
    "case rename": [("rename case", [P, BO, "Bo"], f"Renamed the case “{BO}” to “Bo”.\n")],
    "case move": [("move case", [P, BO, "1"], f"Moved the case “{BO}” to place 1.\n")],
    "case withdraw": [("withdraw case", [P, "Spare"], "Withdrew the case “Spare”.\n")],
    "attribute rename": [
        ("rename attribute", [P, "plot", "bed"], "Renamed the attribute “plot” to “bed”.\n")
    ],
    "attribute type": [
        ("change attribute type", [P, "plot", "text"], "The attribute “plot” is text.\n")
    ],
    "attribute withdraw": [
        (
            "withdraw attribute",
            [P, "plot"],
            "Withdrew the attribute “plot” with 2 values.\n",
        )
    ],
    "framework new": [
        (
            "",
            ["own.yaml"],
            "Wrote own.yaml. Edit it, then: workbench framework add PROJECT own.yaml\n",
        )
    ],
    "framework add": [("add framework", [P, "bus.yaml"], "Added bus@1: 0 categories, 1 code.\n")],
    "framework begin": [
        ("begin framework", [P, "sheds", "--objective", "Who?"], "Began the framework sheds@1.\n")
    ],
    "framework draft": [
        ("begin draft", [P, "garden@1", "2"], "Began the draft garden@2 from garden@1.\n"),
        (
            "begin draft",
            [P, "garden@1", "1", "--new", "beds"],
            "Began the draft beds@1 from garden@1.\n",
        ),
    ],
    "framework code add": [
        (
            "add code",
            [P, "garden@2", "Beds", "--category", "2", "--place", "1", "--reason", "Asked."],
            "Added the code “Beds” to garden@2.\n",
        )
    ],
    "framework code change": [
        (
            "change code",
            [P, "garden@2", "Tools", "--name", "Things", "--origin", "inductive"],
            "Changed the code “Tools” of garden@2.\n",
        )
    ],
    "framework code move": [
        (
            "move code",
            [P, "garden@2", "Tools", "--category", "Coming"],
            "Moved the code “Tools” of garden@2.\n",
        ),
        ("move code", [P, "garden@2", "Tools", "--top"], "Moved the code “Tools” of garden@2.\n"),
        (
            "move code",
            [P, "garden@2", "Tools", "--below", "1.1"],
            "Moved the code “Tools” of garden@2.\n",
        ),
    ],
    "framework code merge": [
        (
            "merge codes",
            [P, "garden@2", "1.1", "1.2", "--into", "Coming or not"],
            "Merged “Reasons to come” and “Barriers” into “Coming or not” in garden@2.\n",
        )
    ],
    "framework code split": [
        (
            "split code",
            [P, "garden@2", "Tools", "Spades", "Rakes"],
            "Split “Tools” of garden@2 into “Spades” and “Rakes”.\n",
        )
    ],
    "framework code retire": [
        ("retire code", [P, "garden@2", "2.2"], "Retired the code “Tools” of garden@2.\n")
    ],
    "framework category add": [
        (
            "add category",
            [P, "garden@2", "Places", "--under", "Coming"],
            "Added the category “Places” to garden@2.\n",
        )
    ],
    "framework category change": [
        (
            "change category",
            [P, "garden@2", "1", "--name", "Arriving"],
            "Changed the category “Coming” of garden@2.\n",
        )
    ],
    "framework category move": [
        (
            "move category",
            [P, "garden@2", "2", "--place", "1"],
            "Moved the category “Sharing” of garden@2.\n",
        ),
        (
            "move category",
            [P, "garden@2", "2", "--under", "1"],
            "Moved the category “Sharing” of garden@2.\n",
        ),
    ],
    "framework category retire": [
        (
            "retire category",
            [P, "garden@2", "2", "--with-codes"],
            "Retired the category “Sharing” of garden@2 with 2 of its codes.\n",
        )
    ],
    "framework adopt": [
        (
            "adopt steps",
            [P, "garden@1", "swap@1", "--reason", "Read again."],
            "Adopted 6 steps from garden@1 to swap@1.\n",
        ),
        (
            "adopt steps",
            [P, "garden@1", "swap@1", "--without", "1", "--same", "1.1=1", "--same", "1.2=1"],
            "Adopted 5 steps from garden@1 to swap@1.\n",
        ),
    ],
    "framework migrate": [
        (
            "migrate",
            [P, "garden@1", "garden@2"],
            "garden@1 to garden@2: 7 codings, 6 statements, 2 marks of cells.\n",
        )
    ],
    "framework answer": [
        (
            "answer migration",
            [P, "second", "--code", "Locks", "--words", "gate", "--where", "plot=12"],
            "Answered for garden@2 that “The gate is locked after six, and nobod…” is Locks.\n",
        )
    ],
    "merge": [
        (
            "merge project",
            [P, "theirs.fwb", "--theirs"],
            "theirs.fwb: 2 acts since the two went apart.\n"
            "  codings: 1 new.\n"
            "  cells: 1 changed.\n"
            "  statements: 1 changed.\n",
        ),
        (
            "",
            [P, "theirs.fwb", "--mine", "--rehearse"],
            "theirs.fwb: 2 acts since the two went apart.\n"
            "  codings: 1 new.\n"
            "  cells: 1 changed.\n"
            "This was a rehearsal: nothing of it is kept.\n",
        ),
    ],
    "framework confirm": [("confirm coding", [P, "{carried}"], "Confirmed 1 coding.\n")],
    "framework release": [
        ("release framework", ["bus.fwb"], "Released bus@1 with the hash ….\n"),
    ],
    "code": [
        ("code", [P, "group", "0", "2", "Tools", "--coder", "bo"], "Coded “I:” by bo […]\n"),
        (
            "code several",
            [P, "group", "0", "2", "Tools", "1.1"],
            "Coded “I:” by anna […]\nCoded “I:” by anna […]\n",
        ),
    ],
    "code-in-vivo": [
        (
            "code in vivo",
            [P, "group", "0", "2", "--name", "Starts", "--framework", "garden@2"],
            "Coded “I:” as “Starts”, new in garden@2.\n",
        )
    ],
    "code-hits": [("code places", [P, "rain", "Tools"], "Coded 2 places as Tools.\n")],
    "change-coding": [
        (
            "change coding",
            [P, "{july}", "--code", "1.2", "--uncertain"],
            "Changed the coding of “Rain helps us.”: the code is Barriers, it is uncertain.\n",
        )
    ],
    "correct": [
        (
            "correct transcript",
            [P, "gardener", "gardener.txt", "--reason", "heard again"],
            "gardener.txt: 1 corrected transcript, 1 moved coding, 2 changed codings.\n"
            "  2 codings of “gardener” wait for a place: see “workbench unplaced PROJECT”.\n",
        )
    ],
    "place-coding": [
        (
            "place coding",
            [P, "{gate}"],
            "Placed the coding of “The gate is locked after six, and nobod…” on “The gate is "
            "locked after seven, and no…”.\n",
        ),
        (
            "place coding",
            [P, "{gate}", "--words", "locked after seven"],
            "Placed the coding of “The gate is locked after six, and nobod…” on “locked after "
            "seven”.\n",
        ),
        (
            "place codings",
            [P, "{gate}", "{gate}"],
            "Placed 1 coding.\n",
        ),
    ],
    "pseudonyms propose": [
        (
            "",
            [P, "proposed.csv"],
            "Wrote 2 possible names to proposed.csv. Edit it, then: workbench pseudonyms apply "
            "garden.fwb proposed.csv --key FILE.\n",
        )
    ],
    "pseudonyms apply": [
        (
            "pseudonymise",
            [P, "names.csv", "--key", "names.key"],
            "pseudonyms: 2 new versions, 4 names in transcripts, 7 carried codings, "
            "1 name of speakers, 1 name in cases, 1 name in statements.\n",
        )
    ],
    "pseudonyms seal": [
        (
            "remove originals",
            [P, "texts.sealed", *MEANT],
            "originals: 2 earlier texts, 37 entries of the history.\n",
        ),
        (
            "pseudonymise",
            [P, "texts.sealed", "--key", "names.key", "--rehearse"],
            "To go for good: 2 earlier texts, and the content of 37 entries of the history.\n"
            "This was a rehearsal: nothing was removed.\n",
        ),
    ],
    "pseudonyms remove": [
        (
            "remove originals",
            [P, *MEANT],
            "originals: 2 earlier texts, 37 entries of the history.\n",
        )
    ],
    "pseudonyms unseal": [
        ("", ["texts.sealed", "out"], "Wrote 2 files into out.\n"),
    ],
    "place-memo": [
        (
            "place memo",
            [P, "{beside}"],
            "Placed the memo “When?” on “after seven”.\n",
        )
    ],
    "quote": [
        (
            "code quote",
            [P, "group", "up to date", "1.2"],
            f"Coded characters {GROUP.index('up to date')}-"
            f"{GROUP.index('up to date') + 10} by anna […]\n",
        )
    ],
    "withdraw": [
        ("withdraw codings", [P, "{tools}", "{july}"], "Withdrew 2 codings.\n"),
        ("withdraw memo", [P, "{memo}"], "Withdrew the memo ….\n"),
        ("withdraw reading", [P, "{reading}"], "Withdrew the reading ….\n"),
        ("withdraw coding", [P, "{tools}"], "Withdrew the coding ….\n"),
        ("withdraw statement", [P, "{said_aside}"], "Withdrew the statement ….\n"),
        ("withdraw node", [P, "Lists"], "Withdrew the node Lists.\n"),
        ("withdraw link", [P, "{link}"], "Withdrew the link ….\n"),
        ("withdraw finding", [P, "Rain"], "Withdrew the finding Rain.\n"),
        ("withdraw verification", [P, "{entry}"], "Withdrew the verification ….\n"),
    ],
    "run start": [
        ("start run", [P, "second", "--kind", "independent"], "Started the run “second”.\n")
    ],
    "run finish": [("finish transcript", [P, "new", "group"], "1 transcript finished in “new”.\n")],
    "round plan": [
        (
            "plan round",
            [P, "pilot", "--coder", "anna", "--coder", "cato", "--transcript", "group"],
            "Planned the round “pilot” of 1 transcript for anna, cato.\n",
        )
    ],
    "charting plan": [
        (
            "plan charting",
            [P, "double", "--person", "anna", "--person", "cato", "--number", "3", "--seed", "7"],
            "Planned the round of charting “double” of 3 cells for anna and cato.\n",
        )
    ],
    "charting write": [
        (
            "write own statement",
            [*CELL, "The gate is locked after six", "--kind", "verbatim", "--as", "bo"],
            "Wrote in the own version of gardener × Barriers: “The gate is locked after six” […]\n",
        )
    ],
    "charting change": [
        (
            "change own statement",
            [P, "{own}", "--text", "The gate.", "--kind", "comment", "--evidence", "{gate}"],
            "Changed a statement in the own version of gardener × Barriers.\n",
        )
    ],
    "charting withdraw": [
        (
            "withdraw own statement",
            [P, "{own}"],
            "Withdrew “Rain and the gate.” from the own version of gardener × Barriers.\n",
        )
    ],
    "charting finish": [
        (
            "finish own cells",
            [*CELL],
            "Finished 1 cell of the round of charting “double”.\n",
        ),
    ],
    "charting decide": [
        (
            "decide cell",
            [*CELL, "both", "Both say it."],
            "Decided gardener × Barriers in “double”: both, Both say it.\n",
        ),
        (
            "decide cell",
            [*CELL, "other", "Shorter.", "--text", "Locked out.", "--evidence", "{gate}"],
            "Decided gardener × Barriers in “double”: other, Shorter.\n",
        ),
    ],
    "round rename": [
        (
            "rename round",
            [P, "pilot", "trial"],
            "Renamed the round “pilot” to “trial”.\n",
        )
    ],
    "round withdraw": [
        (
            "withdraw round",
            [P, "pilot"],
            "Withdrew the round “pilot”; what was worked in stays: “pilot, anna”.\n",
        )
    ],
    "difference decide": [
        (
            "decide difference",
            [P, "talked", "{gate}", "B", "Nobody is kept out.", *BOTH],
            "Decided the difference at “The gate is locked after six, and nobod…”: B, Nobody is "
            "kept out.\n",
        )
    ],
    "difference propose": [
        (
            "propose from difference",
            [P, "{gate}", "1.2", "--use-when", "A lock.", "--reason", "Locks count.", *BOTH],
            "Proposed for garden@2 from 1 coding: new rule for “Barriers” […]\n",
        )
    ],
    "run decide": [
        (
            "decide",
            [P, "first", "{tools}", "kept", "We agree."],
            "Kept the coding of “Tools are lent and come back late.”: We agree.\n",
        )
    ],
    "statement": [
        (
            "write statement",
            [P, BO, "2.2", "Tools come late."],
            "Wrote in group: Bo × 2.2: “Tools come late.” […]\n",
        )
    ],
    "cite": [
        (
            "cite words",
            [P, "gardener", "1.2", "gardener", str(FIRST), str(FIRST + 4)],
            "Quoted in gardener × Barriers: “Rain”.\n",
        ),
        (
            "cite words",
            [
                P,
                "gardener",
                "1.1",
                "gardener",
                str(FIRST),
                str(FIRST + 4),
                "--run",
                "first",
                "--statement",
                "{said_helps}",
                "--framework",
                "garden@1",
            ],
            "Cited “Rain” in gardener × Reasons to come.\n",
        ),
    ],
    "change-statement": [
        (
            "change statement",
            [P, "{said_helps}", "--text", "It helps."],
            "Changed a statement in gardener × Reasons to come.\n",
        )
    ],
    "move-statement": [
        (
            "move statement",
            [P, "{said_gate}", "1"],
            "Moved the statement “A locked gate shuts people out.” to place 1.\n",
        )
    ],
    "fill": [
        ("fill cell", [P, BO, "2.2"], "Filled group: Bo × Tools with 1 statement.\n"),
        (
            "fill cells",
            [P, "--category", "Coming"],
            "Filled cells of “Coming” with 1 statement.\n",
        ),
    ],
    "mark": [
        (
            "mark cell",
            [P, BO, "1.1", "not asked"],
            "Marked group: Bo × 1.1 as not asked.\n",
        )
    ],
    "review": [("review cell", [P, BO, "2.1"], "Reviewed group: Bo × 2.1.\n")],
    "ladder": [
        ("add ladder", [P, "second", "--template", "elo-kyngas"], "Started the ladder “second”.\n"),
        (
            "rename ladder",
            [P, "findings", "--rename", "themes"],
            "Renamed the ladder “findings” to “themes”.\n",
        ),
        (
            "change ladder",
            [P, "findings", "--change", "--template", "finding/pattern/domain/message"],
            "Changed the ladder “findings”.\n",
        ),
        ("withdraw ladder", [P, "spare", "--withdraw"], "Withdrew the ladder “spare”.\n"),
    ],
    "node add": [
        (
            "add node",
            [P, "Keys", "--level", "2", "--under", "Access"],
            "Added “Keys” to the ladder “findings” […]\n",
        )
    ],
    "node rename": [
        ("rename node", [P, "Lists", "Paper lists"], "Renamed “Lists” to “Paper lists”.\n")
    ],
    "node gather": [
        (
            "connect several nodes",
            [P, "Weather and locks", "Lists", "Locked out"],
            "Put 2 nodes under “Weather and locks”.\n",
        )
    ],
    "node connect": [("connect nodes", [P, "Lists", "Access"], "Put “Lists” under “Access”.\n")],
    "node feed": [
        ("feed node", [P, "Lists", "{said_stale_list}"], "Fed “Lists” with 1 statement.\n")
    ],
    "node disconnect": [
        (
            "disconnect nodes",
            [P, "Locked out", "Weather and locks"],
            "Took “Locked out” from under “Weather and locks”.\n",
        )
    ],
    "node move": [("move node", [P, "Locked out", "Access"], "Moved “Locked out” to “Access”.\n")],
    "node change": [
        ("change node", [P, "Lists", "--note", "On paper.", "--place", "1"], "Changed “Lists”.\n")
    ],
    "node unfeed": [
        (
            "unfeed node",
            [P, "Lists", "{said_list}"],
            "Took 1 statement out of “Lists”.\n",
        )
    ],
    "node unfacet": [
        ("unset facet", [P, "Locked out", "where"], "“Locked out” has no where any more.\n")
    ],
    "node facet": [("set facet", [P, "Lists", "where", "in"], "“Lists”: where is in.\n")],
    "typology": [
        ("add typology", [P, "types.json"], "Added the typology “moods”.\n"),
        (
            "change typology",
            [P, "types.json", "--change", "ways", "--renamed", "Regular=glad"],
            "Changed the typology “ways”.\n",
        ),
    ],
    "place": [("place case", [P, "ways", BO, "Rare"], "Placed “group: Bo” in the type “Rare”.\n")],
    "unplace": [
        ("unplace case", [P, "ways", "gardener"], "Took “gardener” out of its type of “ways”.\n")
    ],
    "link change": [
        (
            "change link",
            [P, "{link}", "--sign", "+", "--basis", "quote", "--group", "old"],
            "Changed the link from “Locked out” to “Use of the garden”.\n",
        )
    ],
    "link uncite": [
        (
            "uncite for link",
            [P, "{link}", "{july}"],
            "Took 1 coding out of the link from “Locked out” to “Use of the garden”.\n",
        )
    ],
    "link add": [
        (
            "add link",
            [P, "Lists", "Access", "-", "--evidence", "{list}"],
            "Linked “Lists” to “Access” (-) […]\n",
        )
    ],
    "link cite": [
        (
            "cite for link",
            [P, "{link}", "--against", "{tools}"],
            "Cited 1 coding against a link.\n",
        ),
        (
            "cite for link",
            [P, "{link}", "{tools}", "--against", "{list}"],
            "Cited 1 coding for and 1 against a link.\n",
        ),
    ],
    "finding add": [
        (
            "add finding",
            [P, "Locks keep out", "--about", "Locked out", "--text", "Locks do."],
            "Stated the finding “Locks keep out” […]\n",
        )
    ],
    "finding change": [
        (
            "change finding",
            [P, "Rain", "--title", "Weather", "--about", ""],
            "Changed the finding “Weather”.\n",
        ),
    ],
    "finding cite": [
        (
            "cite for finding",
            [P, "Rain", "--against", "{list}", "--against", "{tools}", "--note", "Said later."],
            "Cited 2 codings against the finding “Rain”.\n",
        )
    ],
    "finding uncite": [
        (
            "uncite finding",
            [P, "Rain", "{july}"],
            "Took 1 coding from the finding “Rain”.\n",
        )
    ],
    "verify": [
        (
            "verify quotation",
            [P, "{gate}", "--finding", "Rain", "--outcome", "differs", "--note", "One word."],
            "Verified “The gate is locked after six, and nobody”: differs […]\n",
        ),
    ],
    "quotation": [
        (
            "quote in report",
            [P, "{rain}", "--number", "3", "--report", "P1", "--under", "Lists"],
            "Quoted “Rain keeps me away.” as number 3 […]\n",
        )
    ],
    "count": [
        (
            "record count",
            [P, "visits", "12", "month=May", "plot=3"],
            "Recorded 12 in the series “visits” […]\n",
        )
    ],
    "undo": [("undo", [P], "Undone: Set title\n")],
    "redo": [("redo", [P], "Done again: Set title\n")],
    "upgrade": [("", [P], "garden.fwb is up to date.\n")],
}
"""Command → (the verb of its act, its arguments, what it prints)."""

ELSEWHERE = {
    "demo": "test_the_demo_tells_what_it_made below",
    "ui": "tests/cli/test_serving.py, tests/browser",
    "import taguette": "test_a_taguette_project_comes_in_by_import below",
    "import refi": "test_a_refi_project_comes_in_by_import below",
    "import answers": "test_spreadsheets_of_others_come_in_by_import below",
    "import segments": "test_spreadsheets_of_others_come_in_by_import below",
    "import summaries": "test_spreadsheets_of_others_come_in_by_import below",
    "import database": "test_a_database_of_another_tool_comes_in_by_import below",
}


def commands(group: Any = None, before: str = "") -> Iterator[str]:
    """Yield the name of every command, “run list” and the like."""
    for name, below in (group or command()).commands.items():
        if hasattr(below, "commands"):
            yield from commands(below, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def with_json() -> list[str]:
    """Return every command that takes --json."""
    found = []
    for name in commands():
        found_here: Any = command()
        for word in name.split():
            found_here = found_here.commands[word]
        found += [name] if any("--json" in p.opts for p in found_here.params) else []
    return found


def test_every_command_is_tried_here() -> None:
    assert {*SHOWS, *DOES, "demo", "ui"} == set(commands())


def test_a_finding_takes_another_place_in_the_list(here: Here) -> None:
    for title in ("Rain", "Snow"):
        here.run("finding", "add", P, title)
    assert here.run("finding", "change", P, "Snow", "--place", "1").out == (
        "Moved “Snow” to place 1.\n"
    )
    assert [row["finding"] for row in here.json("findings", P)] == ["Snow", "Rain"]


def test_the_help_lists_every_command_once_under_a_stage() -> None:
    listed = [name for names in SECTIONS.values() for name in names]
    assert sorted(listed) == sorted(command().commands)
    ran = workbench("--help")
    assert ran.code == 0
    assert all(f"\n  {name} " in ran.out for name in listed)
    assert all(f"\n{title}:\n" in ran.out for title in SECTIONS)


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_has_help_that_says_what_it_does(name: str) -> None:
    ran = workbench(*name.split(), "--help")
    assert ran.code == 0
    usage, said, *_ = ran.out.split("\n\n")
    assert usage.startswith(f"Usage: workbench {name} ")
    assert said.strip()
    assert ran.err == ""


@pytest.mark.parametrize("name", SHOWS)
def test_a_command_that_shows_prints_what_was_counted_by_hand(name: str, here: Here) -> None:
    words, shown = SHOWS[name]
    migrate(name, here)
    code_twice(name, here)
    plan_round(name, here)
    chart_by_two(name, here)
    make(words, here)
    claim(name, here)
    ran = here.run(*name.split(), *words)
    assert ran.code == 0, ran.err
    assert matches(shown, ran.out), ran.out
    assert "\n" not in ran.err.rstrip("\n")


@pytest.mark.parametrize(
    ("name", "verb", "words", "shown"),
    some([(name, *call) for name, calls in DOES.items() for call in calls]),
)
def test_a_command_that_acts_says_what_it_did_and_the_history_has_the_act(
    name: str, verb: str, words: list[str], shown: str, here: Here
) -> None:
    if name == "redo":
        here.run("undo", P)
    if words[1:2] == ["spare"]:
        here.run("ladder", P, "spare")
    if words[1:2] == ["Spare"]:
        here.run("case", "add", P, "Spare")
    if "back.xlsx" in words:
        assert here.run("export", P, "back.xlsx").code == 0
        there = {("Sharing", "D3"): "A list helps with the work.\nIt hangs on the shed."}
        rewrite(here.folder / "back.xlsx", there)
    if name == "run finish":
        here.run("run", "start", P, "new")
    if name.startswith("difference "):
        code_twice(name, here)
    chart_by_two(name, here)
    if name == "difference decide":
        assert here.run("run", "start", P, "talked", "--kind", "consensus").code == 0
    if name == "difference propose":
        assert here.run("framework", "draft", P, "garden@1", "2").code == 0
    plan_round(name, here)
    migrate(name, here)
    part(name, here)
    make(words[:1] if len(words) == 1 else [], here)
    claim(name, here)
    make(words if len(words) == 1 or "garden@2" in words else [], here)
    ran = here.run(*name.split(), *words)
    assert (ran.code, ran.err) == (0, "")
    assert matches(shown, ran.out), ran.out
    if verb:
        acts = here.json("history", words[0], "-n", "9" if words[-1] == "study" else "1")
        assert verb in {act["verb"] for act in acts} | {act["kind"] for act in acts}


def test_findings_show_their_evidence_and_their_groups(here: Here) -> None:
    claim("findings", here)
    rows = here.json("findings", P, "--show", "evidence", "--finding", "Rain")
    assert [(r["stance"], r["cases"], r["note"]) for r in rows if r["stance"] == "against"] == [
        ("against", [ANNA], "Only once.")
    ]
    assert [r["coding_id"] for r in rows if r["stance"] == "against"] == [here.ids["july"]]
    groups = here.json("findings", P, "--show", "groups", "--by", "plot")
    columns = ("group", "cases", "against", "node_cases", "of")
    assert [tuple(r[c] for c in columns) for r in groups] == [
        ("(no group)", 0, 0, 0, 1),
        ("12", 1, 0, 1, 1),
        ("3", 0, 1, 0, 1),
    ]
    assert here.run("findings", P, "--show", "groups").code == 2
    assert here.run("findings", P, "--show", "all").code == 2
    traced = here.run("trace", P, "Rain").out
    assert "evidence against: 1 coding" in traced
    assert "because Only once." in traced


def test_the_verification_list_has_all_unless_asked_for_what_is_open(here: Here) -> None:
    claim("verification", here)
    rows = here.json("verification", P)
    assert [r["state"] for r in rows] == ["done", "open", "open"]
    assert (rows[0]["outcome"], rows[0]["verified_by"]) == ("as said", "anna")
    for coding in ("gate", "july"):
        here.run("verify", P, here.ids[coding])
    assert "has been verified" in here.run("verification", P, "--open").err


def test_an_act_that_changes_nothing_says_so(here: Here) -> None:
    assert here.run("set", P, "title", "The garden").out == "Nothing changed: it was so already.\n"
    assert here.run("run", "finish", P, "first", "group").out.startswith("0 transcripts finished")


def test_every_act_can_be_done_by_a_command() -> None:
    tried = {verb for calls in DOES.values() for verb, _, _ in calls}
    assert set(edits.ACTS) - tried == {
        "import taguette",
        "import refi",
        "import database",
        "import answers",
        "import segments",
        "import summaries",
    }


def test_a_taguette_project_comes_in_by_import(shared: Path, tmp_path: Path) -> None:
    (project,) = list((shared / "real").rglob("*.sqlite3"))[:1]
    ran = workbench("import", "taguette.fwb", project, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    acts = json.loads(workbench("history", "taguette.fwb", "--json", cwd=tmp_path).out)
    assert [act["verb"] for act in acts] == ["import taguette"]


def test_a_refi_project_comes_in_by_import(tmp_path: Path) -> None:
    project = refi_files.qdpx(tmp_path / "a.qdpx", refi_files.qde(refi_files.SMALL))
    ran = workbench("import", "refi.fwb", project, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == (
        "a.qdpx: 1 transcript, 2 turns, 7 words, 1 case, 1 category, 2 codes, 3 codings, "
        "1 attribute, 3 memos."
    )
    acts = json.loads(workbench("history", "refi.fwb", "--json", cwd=tmp_path).out)
    assert [act["verb"] for act in acts] == ["import refi"]


def test_a_project_goes_out_as_refi_and_comes_back(tmp_path: Path) -> None:
    project = refi_files.qdpx(tmp_path / "a.qdpx", refi_files.qde(refi_files.SMALL))
    assert workbench("import", "refi.fwb", project, cwd=tmp_path).code == 0
    ran = workbench("export", "refi.fwb", "out.qdpx", "codes.qdc", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "out.qdpx: 1 transcript, 1 case, 1 attribute, 2 codes, 3 codings, 3 memos.",
        "  Left out: 1 original file: texts go out as they are kept here.",
        "codes.qdc: 1 category, 2 codes.",
        "  Left out: 3 numbers: codes have names only, and their order.",
    ]
    ran = workbench("import", "again.fwb", "out.qdpx", cwd=tmp_path)
    assert ran.out.splitlines()[0] == (
        "out.qdpx: 1 transcript, 2 turns, 7 words, 1 case, 1 category, 2 codes, 3 codings, "
        "1 attribute, 3 memos."
    )
    ran = workbench("export", "refi.fwb", "out.qdpx", "--run", "none", cwd=tmp_path)
    assert (ran.code, "There is no run “none”" in ran.err) == (2, True)


def test_a_refi_codebook_comes_in_by_framework_add(tmp_path: Path) -> None:
    inside = refi_files.code(1, "Room") + refi_files.code(2, "Tools")
    held_set = f'<Sets><Set guid="{refi_files.g(3)}" name="s"/></Sets>'
    (tmp_path / "Shed talk.qdc").write_text(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{inside}</Codes>{held_set}</CodeBook>'
    )
    ran = workbench("framework", "add", "refi.fwb", "Shed talk.qdc", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Added shed-talk@1: 0 categories, 2 codes.",
        "  Left out: 1 set: nothing here is like them.",
    ]
    words = ("--name", "hut", "--version", "2")
    ran = workbench("framework", "add", "refi.fwb", "Shed talk.qdc", *words, cwd=tmp_path)
    assert ran.out.splitlines()[0] == "Added hut@2: 0 categories, 2 codes."
    (tmp_path / "not.qdc").write_text("no xml")
    ran = workbench("framework", "add", "refi.fwb", "not.qdc", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "not well-formed" in ran.err


def test_a_database_of_another_tool_comes_in_by_import(tmp_path: Path) -> None:
    folder = foreign_databases.small_qualcoder(tmp_path / "sheds.qda" / "data.qda").parent
    file = foreign_databases.small_rqda(tmp_path / "huts.rqda")
    ran = workbench("import", "a.fwb", folder, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == (
        "sheds.qda: 1 transcript, 2 turns, 7 words, 1 case, 1 category, 2 codes, 3 codings, "
        "1 attribute, 5 memos."
    )
    ran = workbench("import", "b.fwb", file, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == (
        "huts.rqda: 1 transcript, 2 turns, 7 words, 1 case, 1 category, 2 codes, 2 codings, "
        "1 attribute, 5 memos."
    )
    acts = json.loads(workbench("history", "b.fwb", "--json", cwd=tmp_path).out)
    assert [(act["verb"], act["summary"]) for act in acts] == [
        ("import database", "Imported the RQDA project “huts”: 2 codings")
    ]


def test_spreadsheets_of_others_come_in_by_import(tmp_path: Path) -> None:
    files = {
        "answers.csv": "who,said\nola,By bus. It stops at my door.\n",
        "segments.csv": "Document name,Code,Segment\nola – said,Place > Stop,It stops\n",
        "summaries.csv": "Document name,Code,Summary\nola,Stop,It is near.\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def brought(*given: str) -> str:
        ran = workbench("import", "a.fwb", *given, cwd=tmp_path)
        assert (ran.code, ran.err) == (0, "")
        return str(ran.out.splitlines()[0])

    assert brought("answers.csv", "--key", "who", "--texts", "said") == (
        "answers.csv: 1 transcript, 1 turn, 7 words, 1 case."
    )
    assert brought("segments.csv") == "segments.csv: 1 category, 1 code, 1 coding."
    assert brought("summaries.csv", "--framework", "segments@1") == "summaries.csv: 1 statement."
    acts = json.loads(workbench("history", "a.fwb", "--json", cwd=tmp_path).out)
    assert [act["verb"] for act in reversed(acts)] == [
        "import answers",
        "import segments",
        "import summaries",
    ]


def test_the_demo_tells_what_it_made(demo_ran: tuple[Path, Ran]) -> None:
    folder, ran = demo_ran
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "Everything in this study is invented."
    assert [line[:2] for line in lines if line[:1].isdigit()] == ["1 ", "2 ", "3 ", "4 ", "5 "]
    written = [line.split()[1].rstrip(":,") for line in lines if line.startswith("Wrote ")]
    assert [Path(name).name for name in written] == [
        "chart.xlsx",
        "chart.csv",
        "codings.csv",
        "ladder.csv",
        "network.html",
        "network.graphml",
        "framework.yaml",
        "low-value-imaging-drivers.xlsx",
        "low-value-imaging-measures.xlsx",
        "low-value-imaging.html",
        "return-letters-1.xlsx",
        "reproduction.xlsx",
    ]
    assert all((folder / name).stat().st_size for name in written)
    assert [line.strip() for line in lines if "reproduced" in line] == [
        "low-value-imaging: reproduced; 24 contradictions of the papers on its register.",
        "return-letters: reproduced; 11 contradictions of the papers on its register.",
    ]
    assert not [line for line in lines if "differs" in line or "not rebuilt" in line]
    assert "Check: 0 violations of the laws, 0 findings open." in lines


def test_a_demo_that_stands_there_already_is_kept(tmp_path: Path) -> None:
    (tmp_path / "open-library.fwb").write_bytes(b"mine")
    kept = tmp_path / "open-library.previous.fwb"
    told = demonstration.build(tmp_path)
    assert next(told) == f"The demo project that was here is kept as {kept}."
    told.close()
    assert kept.read_bytes() == b"mine"


# --- JSON ------------------------------------------------------------------------------

COLUMNS = {
    "unplaced": {"transcript", "fate", "quote", "now", "start", "stop", "coding_id", "row_version"},
    "transcripts": {"transcript", "transcript_id", "length", "turns", "coded_turns"},
    "speakers": {"transcript", "speaker", "role", "turns", "words"},
    "cases": {"case", "plot", "member"},
    "search": {"transcript", "turn", "speaker", "start", "stop", "before", "match", "after"},
    "readings": {"reading_id", "person", "transcript", "how", "date", "note", "row_version"},
    "pseudonyms hits": {"name", "place", "of", "start", "match", "becomes"},
    "pseudonyms key": {"name", "kind", "replacement"},
    "memos": {"memo_id", "kind", "title", "text", "anchor", "anchor_id", "start", "row_version"},
    "decisions": {"decision_id", "date", "title", "text", "stage", "present", "row_version"},
    "person list": {"handle", "name", "role", "experience", "row_version"},
    "framework tree": {"version", "parent", "depth", "state", "codes", "codings"},
    "framework questions": {"coding_id", "quote", "code", "to", "why", "cases"},
    "framework look-again": {"coding_id", "quote", "code", "look", "run"},
    "framework propose": {"number", "step", "confidence", "before_id", "after_id"},
    "framework diff": {"kind", "difference", "before", "after", "before_ids", "after_ids"},
    "framework steps": {"step", "kind", "before", "after", "reason", "before_ids", "after_ids"},
    "framework show": {"code_id", "number", "code", "definition", "use_when", "not_when"},
    "run list": {"run", "framework", "kind", "blind", "coder", "codings", "finished"},
    "rounds": {"round", "framework", "coder", "finished", "transcripts", "share", "open", "seed"},
    "charting list": {"round", "framework", "person", "finished", "cells", "decided", "open"},
    "charting cell": {"side", "person", "kind", "text", "evidence", "words", "own_statement"},
    "charting differences": {"case", "code", "first", "second", "both", "codings", "characters"},
    "codings": {"coding_id", "transcript", "quote", "start", "stop", "code", "coder", "run"},
    "frequencies": {"code_id", "code", "codings", "transcripts", "coders", "cases"},
    "co-occurrence": {"code", "other", "count"},
    "differences": {"kind", "code_id", "other_id", "words", "codings", "other_codings"},
    "agree": {"level", "of", "name", "units", "by_side", "kappa", "undefined", "evidence"},
    "ratings": {"raters", "units", "apart", "percent", "alpha", "undefined"},
    "states": {"case", "code", "state", "reason"},
    "statements": {"case", "code", "kind", "text", "evidence", "statement_id"},
    "coverage": {"case", "code", "codings", "evidence"},
    "counts": {"series", "code", "case", "count"},
    "network": {"source_node", "target_node", "sign", "weight", "evidence", "dissent"},
    "history": {"seq", "at", "who", "verb", "summary", "undone"},
    "findings": {"finding", "cases", "against", "node_cases", "evidence", "dissent", "quotes"},
    "verification": {"place", "words", "before", "after", "state", "outcome", "verified_by"},
}
APART = {
    "framework list",
    "chart",
    "map",
    "trace",
    "import",
    "check",
    "merge",
    "reproduce",
    "study export",
}
"""Commands whose JSON has a test of its own below."""


def test_every_command_with_json_is_tried_here() -> None:
    assert {*COLUMNS, *APART} == set(with_json())


@pytest.mark.parametrize("name", COLUMNS)
def test_json_is_a_list_of_objects_one_a_row(name: str, here: Here) -> None:
    words, shown = SHOWS[name]
    migrate(name, here)
    code_twice(name, here)
    plan_round(name, here)
    chart_by_two(name, here)
    make(words, here)
    claim(name, here)
    rows = here.json(*name.split(), *words)
    assert isinstance(rows, list)
    assert all(COLUMNS[name] <= row.keys() for row in rows)
    assert rows
    if "…\n" not in shown.splitlines(keepends=True) and name not in ("history", "framework show"):
        assert len(rows) == len(shown.splitlines()) - 1


def test_framework_list_in_json_has_what_others_rely_on(here: Here) -> None:
    assert here.json("framework", "list", P) == [
        {
            "name": "garden",
            "version": "1",
            "parent": "",
            "objective": "",
            "state": "released",
            "categories": 2,
            "codes": 4,
            "sha256": here.json("framework", "list", P)[0]["sha256"],
            "synthetic": "",
        }
    ]


def test_framework_show_says_how_many_steps_lead_from_the_parent(here: Here) -> None:
    make(["bus.fwb", "bus@2"], here)
    first, *_ = here.run("framework", "show", "bus.fwb", "bus@2").out.splitlines()
    assert first == "bus@2 (draft, made from bus@1 in 2 steps): "
    assert "- rename: near\n" in here.run("framework", "show", "bus.fwb", "bus@2", "--yaml").out


def test_where_there_are_no_steps_it_says_why(here: Here) -> None:
    assert here.run("framework", "steps", P).err == (
        "Nothing to show. garden@1 was made from no other version; those that were name a "
        "“parent”.\n"
    )
    make(["bus.fwb", "bus@1"], here)
    untold = SECOND.partition("steps:")[0].replace('"2"', '"3"', 1)
    (here.folder / "untold.yaml").write_text(untold)
    here.run("framework", "add", "bus.fwb", "untold.yaml")
    assert here.run("framework", "steps", "bus.fwb", "bus@3").err == (
        "Nothing to show. Nobody told how bus@3 was made from bus@1; its file can hold “steps”.\n"
    )


def test_chart_in_json_has_the_case_first_and_then_the_codes(here: Here) -> None:
    rows = here.json("chart", P, "--values", "counts")
    names = ["case", "Reasons to come", "Barriers", "Shared work", "Tools"]
    assert [list(row) for row in rows] == [names] * 3
    assert [list(row.values()) for row in rows] == [
        ["gardener", 1, 2, 0, 0],
        [ANNA, 1, 0, 1, 0],
        [BO, 0, 0, 1, 1],
    ]


def test_totals_are_a_last_row_and_a_last_column(here: Here) -> None:
    rows = here.json("chart", P, "--values", "counts", "--totals")
    assert [row["Total"] for row in rows] == [3, 2, 2, 7]
    assert list(rows[-1].values()) == ["Total", 2, 2, 2, 1, 7]


def test_the_chart_of_statements_has_the_words_of_the_cells(here: Here) -> None:
    rows = {row["case"]: row for row in here.json("chart", P)}
    assert "Rain keeps me away." in rows["gardener"]["Barriers"]
    assert "A locked gate shuts people out." in rows["gardener"]["Barriers"]
    assert rows[ANNA]["Barriers"] == ""


def test_what_waits_for_an_answer_stands_under_every_table_of_the_version(here: Here) -> None:
    migrate("framework answer", here)
    said = "2 codings of other versions wait for an answer: workbench framework questions.\n"
    for words in (["chart"], ["states"], ["frequencies"]):
        assert here.run(*words, P, "--framework", "garden@2").err.endswith(said), words
        assert "wait" not in here.run(*words, P, "--framework", "garden@1").err
    here.run("framework", "answer", P, "second", here.ids["rain"], "--code", "Weather")
    said = "1 coding of another version waits for an answer: workbench framework questions.\n"
    assert here.run("chart", P, "--framework", "garden@2").err.endswith(said)
    assert here.run("framework", "answer", P, "second").code == 2
    assert here.run("framework", "answer", P, "second", "--none", "--code", "Locks").code == 2


def test_a_chart_says_of_what_it_is_beside_the_data(here: Here) -> None:
    ran = here.run("chart", P, "--values", "counts")
    assert ran.err == "garden@1; codings; runs: first.\n"


def test_a_chart_without_statements_says_where_the_codings_are(here: Here) -> None:
    here.run("import", "study.fwb", "study")
    here.run("quote", "study.fwb", "ola", "By bus.", "Near")
    ran = here.run("chart", "study.fwb")
    assert "no statements yet; --values counts shows the codings." in ran.err


def test_a_trace_leads_to_the_decision_of_two_and_to_both_versions(here: Here) -> None:
    chart_by_two("charting decide", here)
    assert here.run("charting", "decide", *CELL, "A", "Longer.").code == 0
    step = here.json("trace", P, "gardener × 1.2")["under"][-1]
    assert (step["what"], step["text"], step["reason"]) == ("decided by two", "A", "Longer.")
    assert [(one["what"], one["text"]) for one in step["under"]] == [
        ("version A", "anna"),
        ("version B", "bo"),
    ]
    told = here.run("trace", P, step["id"]).out
    assert told.startswith("decided by two: A  in the round of charting “double”  because Longer.")
    assert "\n  version A: anna\n    own summary: Rain and the gate.  taken into the chart" in told
    assert "\n  version B: bo\n    own summary: The gate is shut.  (bo, " in told
    cited = next(one["id"] for one in step["under"][1]["under"][0]["under"])
    up = here.run("trace", P, cited, "--up").out
    assert "\n  own summary: The gate is shut.  not taken into the chart  (bo, " in up
    place = "own version: gardener × 1.2 Barriers  in the round of charting “double”  ["
    assert f"\n    {place}" in up
    assert "\n      decided by two: A  in the round of charting “double”  because Longer." in up


def test_trace_in_json_is_the_chain_down_to_the_words(here: Here) -> None:
    step = here.json("trace", P, "Access")
    chain = []
    while step["under"]:
        chain.append((step["what"], step["text"]))
        step = step["under"][0]
    assert chain[:3] == [
        ("theme", "Access"),
        ("category", "Weather and locks"),
        ("element", "Locked out"),
    ]
    assert step["what"] == "coding"
    assert step["text"] in GARDENER


def test_map_in_json_is_the_list_of_its_lines(here: Here) -> None:
    lines = here.json("map", P)
    assert lines[0] == "Access [theme]: 1 case, 2 statements"
    types = {row["type"]: row["members"] for row in here.json("map", P, "--show", "types")}
    assert types == {"Regular": ["gardener"], "Rare": []}


def test_import_in_json_is_the_report(here: Here) -> None:
    report = here.json("import", P, "cases.csv", "readings.csv")
    assert report["counts"] == {"cases": 1, "readings": 1}
    assert {"left_out", "guesses", "notes", "failed"} <= report.keys()


def test_study_export_in_json_is_the_report(here: Here) -> None:
    report = here.json("study", "export", P, "out")
    assert (report["counts"]["codings"], report["left_out"]) == (7, [])
    assert (here.folder / "out" / "study.yaml").is_file()


def test_study_init_leaves_a_folder_that_holds_something(here: Here) -> None:
    ran = here.run("study", "init", "study")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "study cannot be written: the folder is not empty; name a new one.\n"


def test_reproduce_seals_when_asked_and_says_how_many(here: Here) -> None:
    ran = here.run("reproduce", "study", "--seal")
    assert (ran.code, ran.err) == (0, "study: sealed 0 cells anew.\n")
    assert ran.out == here.run("reproduce", "study").out


def test_check_in_json_is_the_list_of_findings(here: Here) -> None:
    assert isinstance(here.json("check", P), list)


TWO_ROUNDS = tuple(
    words
    for name, code in (("one", "1.2"), ("two", "1.1"))
    for words in (
        ("round", "plan", P, name, "--coder", "anna", "--coder", "bo", "--transcript", "gardener"),
        ("quote", P, "gardener", "Rain keeps me away.", code, "--run", f"{name}, anna"),
        ("run", "finish", P, f"{name}, anna", "gardener"),
        ("run", "finish", P, f"{name}, bo", "gardener"),
    )
)


def test_the_list_of_runs_has_no_number_of_codings_for_a_run_that_is_shut(here: Here) -> None:
    planned = ("--coder", "anna", "--coder", "bo", "--transcript", "gardener")
    assert here.run("round", "plan", P, "pilot", *planned).code == 0
    coded = here.run("quote", P, "gardener", "Rain", "1.2", "--run", "pilot, bo", "--coder", "bo")
    assert coded.code == 0
    rows = {r["run"]: r["codings"] for r in here.json("run", "list", P)}
    assert rows == {"first": 7, "pilot, anna": 0, "pilot, bo": None}
    assert "pilot, bo\tgarden@1\tindependent\tyes\tbo\t\t0" in here.run("run", "list", P).out


def test_agreement_over_time_has_the_rounds_or_the_runs_of_a_coder_in_front(here: Here) -> None:
    assert [here.run(*words).code for words in TWO_ROUNDS] == [0] * len(TWO_ROUNDS)
    by_round = here.run("agree", P, "--by-round", "--draws", "0")
    lines = by_round.out.splitlines()
    assert lines[0].split("\t")[:5] == ["round", "framework", "code", "units", "by side"]
    assert lines[1].split("\t")[:5] == ["one", "garden@1", "1.1 Reasons to come", "4", "0 / 0"]
    assert lines[2].split("\t")[:5] == ["one", "garden@1", "1.2 Barriers", "4", "1 / 0"]
    assert by_round.err == "unit: turn; text that nobody coded counts.\n"
    own = here.run("agree", P, "--drift", "anna", "--draws", "0")
    assert own.out.splitlines()[2].split("\t")[:5] == [
        "one, anna",
        "two, anna",
        "1.2 Barriers",
        "4",
        "1 / 0",
    ]
    assert "drift of anna from the own earlier coding" in own.err
    two = here.run("agree", P, "one, anna", "two, anna", "--draws", "0")
    assert "drift of anna from the own earlier coding" in two.err
    refused = here.run("agree", P, "one, anna", "--by-round")
    assert (refused.code, refused.out) == (1, "")
    assert "are compared as they are" in refused.err


def test_a_merge_asks_takes_answers_from_a_table_and_shows_the_acts_under_it(here: Here) -> None:
    part("merge", here)
    asked = here.run("merge", P, "theirs.fwb")
    assert asked.code == 1
    assert asked.err.startswith("1 question waits for an answer, and nothing was merged.")
    assert "Gates shut people out.\tA lock does." in asked.out
    assert here.json("history", P)[0]["verb"] == "change statement"
    wrote = here.run("merge", P, "theirs.fwb", "--questions", "asked.csv")
    assert (wrote.code, wrote.err) == (0, "Wrote 1 question to asked.csv.\n")
    file = here.folder / "asked.csv"
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "theirs\n", encoding="utf-8")
    assert here.run("merge", P, "theirs.fwb", "--answers", "asked.csv").code == 0
    shown = here.run("history", P, "-n", "1").out.splitlines()
    assert [line.rpartition("UTC  ")[2] for line in shown] == [
        "anna: Merged theirs.fwb: 2 acts",
        "bo: Coded “a key” as 1.2",
        "bo: Changed a statement in gardener × Barriers",
    ]
    again = here.run("merge", P, "theirs.fwb")
    assert (again.code, again.out) == (0, "theirs.fwb: nothing that is not here already.\n")


def test_texts_are_removed_only_by_who_says_the_name_and_after_names_are_gone(here: Here) -> None:
    claim("pseudonyms remove", here)
    nobody = here.run("pseudonyms", "remove", P, "--key", "names.key")
    assert (nobody.code, nobody.out) == (2, "")
    assert nobody.err == "Nothing was removed. Say that you mean it: --name garden.fwb.\n"
    other = here.run("pseudonyms", "remove", P, "--key", "names.key", "--name", "x.fwb")
    assert (other.code, other.out) == (2, "")
    assert "give garden.fwb" in other.err
    here.run("memo", P, "Ask Anna.")
    looked = here.run("pseudonyms", "remove", P, "--key", "names.key", "--rehearse")
    assert looked.out.splitlines()[1:] == [
        "In the way: 1 name of the key that would stay.",
        "name\tplace\tof\tbefore\tmatch\tafter",
        "Anna\tmemos\tmemo\tAsk \tAnna\t.",
        "This was a rehearsal: nothing was removed.",
    ]
    kept = here.run("pseudonyms", "remove", P, *MEANT)
    assert (kept.code, kept.out) == (1, "")
    assert "the first in memos: “Ask Anna.”" in kept.err
    assert here.run("backup", P).code == 0
    done = here.run("pseudonyms", "remove", P, *MEANT, "--anyway", "--backups")
    assert done.out.splitlines()[1:] == [
        "  1 name of the key stays in the project.",
        "  Deleted 1 copy beside the project.",
    ]
    assert here.run("check", P).out.startswith("All ten laws hold")


class Terminal(io.StringIO):
    """What a person types on a terminal."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_name_of_the_project_is_asked_for(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim("pseudonyms remove", here)
    for typed, code in (("garden\n", 2), ("garden.fwb\n", 0)):
        monkeypatch.setattr("sys.stdin", Terminal(typed))
        ran = here.run("pseudonyms", "remove", P, "--key", "names.key")
        assert ran.code == code
        assert ran.err.startswith(
            "To go for good: 2 earlier texts, and the content of 37 entries of the history.\n"
            "Type garden.fwb to remove them for good:"
        )
        acts = here.json("history", P, "-n", "1")
        assert acts[0]["verb"] == ("pseudonymise" if code else "remove originals")


def test_merge_in_json_is_the_report_with_its_questions(here: Here) -> None:
    part("merge", here)
    said = json.loads(here.run("merge", P, "theirs.fwb", "--rehearse", "--json").out)
    assert said.keys() == {"source", "acts", "counts", "alike", "questions", "notes"}
    (question,) = said["questions"]
    assert (question["mine"], question["theirs"]) == ("Gates shut people out.", "A lock does.")
    assert said["counts"][0] == {"what": "codings", "new": 1, "changed": 0, "withdrawn": 0}


@pytest.fixture
def asked(here: Here) -> str:
    """A chart in which a colleague changed the statement that was changed here too: its id."""
    assert here.run("export", P, "back.xlsx").code == 0
    (statement,) = [
        s["statement_id"]
        for s in here.json("statements", P)
        if s["text"] == "A list shares the work out."
    ]
    here.run("change-statement", P, statement, "--text", "A list helps here.")
    there = {("Sharing", "D3"): "A list shares the work out well."}
    rewrite(here.folder / "back.xlsx", there)
    return str(statement)


CONFLICT = "A list shares the work out.\tA list helps here.\tA list shares the work out well."


def test_a_chart_that_comes_back_shows_conflicts_and_takes_answers_from_a_table(
    here: Here, asked: str
) -> None:
    shown = here.run("import", P, "back.xlsx")
    assert shown.code == 0
    assert shown.out.splitlines()[:3] == [
        "back.xlsx: 1 open conflict.",
        "statement\tcase\tcode\tplace\twas\there\tfile",
        f"{asked}\tgroup: Anna\tShared work\t“Sharing” D3\t{CONFLICT}",
    ]
    assert "--both" in shown.out.splitlines()[3]
    wrote = here.run("import", P, "back.xlsx", "--questions", "asked.csv")
    assert wrote.out.endswith("This was a rehearsal: nothing of it is kept.\n")
    assert wrote.err == "Wrote 1 conflict to asked.csv.\n"
    file = here.folder / "asked.csv"
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "both\n", encoding="utf-8")
    answered = here.run("import", P, "back.xlsx", "--answers", "asked.csv")
    assert (answered.code, answered.out) == (0, "back.xlsx: 1 new statement.\n")
    again = here.run("import", P, "back.xlsx")
    assert (again.code, again.out) == (0, "back.xlsx: nothing.\n")


def test_a_chart_that_comes_back_in_json_has_its_statements(here: Here, asked: str) -> None:
    said = json.loads(here.run("import", P, "back.xlsx", "--rehearse", "--json").out)
    (row,) = said["chart"]
    assert (row["what"], row["statement"], row["answer"]) == ("conflict", asked, "")
    assert "\t".join((row["was"], row["here"], row["file"])) == CONFLICT


@pytest.mark.parametrize("flags", [["--mine", "--theirs"], ["--theirs", "--both"]])
def test_one_answer_stands_for_all_conflicts(here: Here, asked: str, flags: list[str]) -> None:
    ran = here.run("import", P, "back.xlsx", *flags)
    assert ran.code == 2
    assert "give one of them" in ran.err


def test_a_copy_is_written_where_nothing_stands(here: Here) -> None:
    assert here.run("backup", P, "--to", "copy.fwb").out == "Wrote copy.fwb.\n"
    assert here.json("history", "copy.fwb") == here.json("history", P)
    assert here.run("backup", P, "--to", "copy.fwb").code == 1


def test_an_empty_table_is_an_empty_list_in_json_and_a_hint_for_a_person(here: Here) -> None:
    here.run("new", "empty.fwb")
    for name in ("transcripts", "speakers", "cases", "codings", "network"):
        assert here.json(name, "empty.fwb") == []
        ran = here.run(name, "empty.fwb")
        assert (ran.code, ran.out) == (0, "")
        assert ran.err.startswith("Nothing to show. ")
        assert "workbench " in ran.err


LADDER = "Nothing to show. Start a ladder: workbench ladder PROJECT NAME.\n"
NODE = "Nothing to show. Add a node: workbench node add PROJECT LABEL --level 2.\n"
TYPOLOGY = "Nothing to show. Add a typology: workbench typology PROJECT FILE.\n"


def test_an_empty_map_says_what_is_still_to_be_made_and_nothing_else(here: Here) -> None:
    def said(*words: str) -> tuple[str, str]:
        ran = here.run("map", "empty.fwb", "--show", *words)
        return ran.out, ran.err

    here.run("new", "empty.fwb")
    here.run("case", "add", "empty.fwb", "Kari")
    ladder = [("tree",), ("table",), ("support",), ("unused",)]
    for words in ladder:
        assert said(*words) == ("", LADDER), words
    for words in [("types",), ("unplaced",)]:
        assert said(*words) == ("", TYPOLOGY), words
    assert here.run("ladder", "empty.fwb", "findings").code == 0
    for words in ladder[:3]:
        assert said(*words) == ("", NODE), words
    assert said("unused") == ("", "Nothing to show. Nothing is left over.\n")


def test_the_cases_without_a_type_are_listed_until_every_one_has_its_type(here: Here) -> None:
    unplaced = here.run("map", P, "--show", "unplaced")
    assert unplaced.out == table("typology | case", "ways | group: Anna", "ways | group: Bo")
    for case in ("group: Anna", "group: Bo"):
        assert here.run("place", P, "ways", case, "Rare").code == 0
    ran = here.run("map", P, "--show", "unplaced")
    assert (ran.out, ran.err) == (
        "",
        "Nothing to show. Every case stands in a type of each typology.\n",
    )


def test_ids_are_for_programs_and_for_what_needs_them(here: Here) -> None:
    assert "transcript_id" not in here.run("transcripts", P).out
    assert here.ids["quiet"] in here.run("codings", P).out
    assert here.ids["said_helps"] in here.run("statements", P).out
    assert here.ids["link"] in here.run("network", P).out
