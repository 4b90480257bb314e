"""A tiny study folder for tests: two invented people speak of a laundry room.

Its six codings are r1 to r6, three links l1 to l3 act between nodes; every printed value
was worked out by hand from the lines below.
"""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

ADA = """\
I: How is the laundry room?
Ada: The machines are old. You wait an hour for one.
I: And the list?
Ada: We write our names on a list. It keeps the peace.
"""
BEN = """\
I: How is the laundry room?
Ben: I wash at night. The list is always full.
I: What would help?
Ben: A second dryer. Two machines stand there broken.
"""
FIRST = """\
framework: rooms
version: "1"
categories:
  - id: machines
    number: "1"
    name: Machines
    codes:
      - {id: old, number: "1.1", name: Old machines, definition: They are old.}
      - {id: waiting, number: "1.2", name: Waiting, definition: One waits.}
  - id: rules
    number: "2"
    name: Rules
    codes:
      - {id: list, number: "2.1", name: The list, definition: Who washes when.}
      - {id: other, number: "2.2", name: Other rules, definition: What else there is.}
"""
SECOND = """\
framework: rooms
version: "2"
parent: rooms@1
categories:
  - id: machines
    number: "1"
    name: Machines
    codes:
      - {id: old, number: "1.1", name: Old machines, definition: They are old.}
      - {id: waiting, number: "1.2", name: Time, definition: One waits.}
  - id: rules
    number: "2"
    name: Rules
    codes:
      - {id: list, number: "2.1", name: The list, definition: Who washes when.}
steps:
  - {retire: other, author: kim, date: 2024-05-06, reason: Nobody said more.}
  - {rename: waiting, author: kim, date: 2024-05-06, reason: Shorter.}
"""
STUDY = """\
title: The laundry room
synthetic: Every word is invented.
people: [{handle: kim}, {handle: lee}]
frameworks: [rooms@1, rooms@2]
runs:
  - {name: kim alone, framework: rooms@2, kind: independent, coder: kim, finished: all}
  - {name: lee alone, framework: rooms@2, kind: independent, coder: lee, finished: [ada]}
  - {name: all, framework: rooms@1, kind: final, finished: all}
ladders: [{name: findings, framework: rooms@1}]
"""
TABLES = {
    "cases": """\
case,group,age,since,keeps a key,transcript
Ada,Tenant,34,2019-05-01,yes,ada
Ben,Owner,61,2002-11-15,no,ben
""",
    "codings": """\
ref,transcript,code,quote,coder,run
r1,ada,1.1,The machines are old.,kim,all
r2,ada,1.2,You wait an hour for one.,kim,all
r3,ada,2.1,We write our names on a list.,kim,all
r4,ben,1.2,The list is always full.,lee,all
r5,ben,1.1,Two machines stand there broken.,lee,all
r6,ben,2.1,I wash at night.,lee,all
""",
    "statements": """\
ref,framework,case,code,kind,text,evidence
s1,rooms@1,Ada,1.1,summary,The machines are old.,r1
s2,rooms@1,Ada,1.2,summary,One waits.,r2
s3,rooms@1,Ada,2.1,verbatim,We write our names on a list.,r3
s4,rooms@1,Ben,1.2,summary,The list is full.,r4
s5,rooms@1,Ben,1.1,summary,Machines stand broken.,r5
""",
    "cells": """\
framework,case,code,mark
rooms@1,Ada,2.2,not asked
""",
    "ladder": """\
ref,ladder,level,label,parents,statements
c1,findings,category,Getting to wash,,
d1,findings,dimension,Too few machines,c1,
d2,findings,dimension,Own rules,c1,
e1,findings,element,Old machines fail,d1,s1;s5
e2,findings,element,Standing in line,d1,s2;s4
e3,findings,element,A list,d2,s3
""",
    "links": """\
ref,source,target,sign,basis,relation,groups,for,against
l1,e1,e2,+,participant,makes longer,Tenant,r1,
l2,e3,e2,-,participant;quote,,all groups,r3,r6
l3,d2,e2,+,authors,,,,
""",
    "facets": """\
node,scheme,value,basis
e1,ring,inside,printed
e2,ring,outside,ours
""",
    "readings": """\
person,transcript,how,date
kim,ada,read,2024-05-01
lee,ben,listened,2024-05-02
""",
    "decisions": """\
coding,outcome,reason,run,person
r6,kept,It is a rule of his own.,all,kim
r5,changed,It was too long.,all,lee
""",
    "meetings": """\
title,present,date,stage,text
Codes,kim;lee,2024-05-03,build,Four codes will do.
Charts,kim,2024-05-09,chart,One line a cell.
""",
    "quotations": """\
report,number,coding,node,speaker,participant,note
P1,1,r2,e2,Tenant,7,
P1,2,r6,c1,,,
P2,1,r4,,Owner,2,
""",
    "counts": """\
series,month,room,count
washes,2024-01,A,10
washes,2024-01,B,4
washes,2024-02,A,0
washes,2024-02,B,6
""",
}
CELLS = """\
cell,row,column,value,figure,of,where,note,register
people,people,n,2,cases,,p. 1,,X2
planned,planned,n,ten,,,p. 1,,X2
tenants,tenants,n,1,cases,group=Tenant,p. 1,,
mean-age,age,mean,47.5,mean,attribute=age,p. 1,,
rooms-1,codes,n,4,codes,framework=rooms@1,p. 2,,
old,Old machines,codings,2,codings,framework=rooms@1; code=1.1,p. 2,,X3
waiting,Waiting,codings,2,codings,framework=rooms@1; code=1.2,p. 2,,X3
all-codings,all,codings,6,codings,framework=rooms@1,p. 2,,X3
coders,all,coders,kim; lee,coders,run=all,p. 2,,
charted,all,cells,5,charted,framework=rooms@1,p. 2,,
"""
FINDINGS = """\
cell,row,column,value,figure,of,where,note,register
climb,ladder,climb,5 → 3 → 2 → 1,climb,ladder=findings,p. 3,,
fail,Old machines fail,label,Old machines fail,label,node=e1,p. 3,,
few,Too few machines,under,Standing in line; Old machines fail,under,node=d1,p. 3,,
fail-reach,Old machines fail,cases,2,reach,node=e1,p. 3,,
list-reach,A list,cases,1,reach,node=e3; group=Tenant,p. 3,,
ring,Standing in line,ring,outside,facet,node=e2; scheme=ring,p. 3,,
links,links,n,3,links,,p. 4,,
contested,links,contested,1,links,contested=yes,p. 4,,
sign-l2,A list,sign,−,link,link=l2; say=sign,p. 4,,
groups-l1,Old machines fail,groups,Tenant,link,link=l1; say=groups,p. 4,,
most,in,leader,Standing in line,most incoming,rank=1,p. 4,,
support,Old machines fail,Tenant,N,support,node=e1; group=Tenant,p. 4,,
speaker-1,1,speaker,Tenant,quotation,report=P1; number=1; say=speaker,p. 5,,
quoted,P1,quotations,2,quotations,report=P1,p. 5,,
washes,washes,all,21,count,series=washes,p. 6,,X1
washes-jan,washes,January,14,count,series=washes; month=2024-01,p. 6,,X1
washes-feb,washes,February,6,count,series=washes; month=2024-02,p. 6,,X1
share,washes,share,70 %,formula,is=washes-jan / washes * 100,p. 6,,
"""
REGISTER = """\
id,what,kind,holds,explains,treatment
X1,The months are less.,computed,washes-jan + washes-feb = washes - 1; own washes = 20,washes,Ours.
X2,More were planned.,stated,"planned = ""ten""; people = 2",,
X3,Two codes are most.,computed,old + waiting = 4; own all-codings = 6; all-codings - 2 = old + 2,,
"""


def write(home: Path, **changed: str) -> Path:
    """Write the study below a folder and return where it is; `changed` replaces tables.

    `share` is worked out from what was rebuilt: 14 of 20 is 70 %.
    """
    study = home / "laundry"
    files = {
        "study.yaml": STUDY,
        "transcripts/ada.txt": ADA,
        "transcripts/ben.txt": BEN,
        "frameworks/rooms/1.yaml": FIRST,
        "frameworks/rooms/2.yaml": SECOND,
        "register.csv": REGISTER,
        "published/1-sample.csv": CELLS,
        "published/2-findings.csv": FINDINGS,
        **{f"{kind}.csv": text for kind, text in TABLES.items()},
    }
    for name, text in {**files, **{f"{k}.csv": v for k, v in changed.items()}}.items():
        file = study / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return study


Line = dict[str, str]


def rewrite(file: Path, change: Callable[[list[Line]], Iterable[Line]]) -> None:
    """Write a table anew with its lines changed; each line is column → text."""
    reader = csv.DictReader(io.StringIO(file.read_text("utf-8")))
    lines = list(change(list(reader)))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*(reader.fieldnames or ())])
    writer.writeheader()
    writer.writerows(lines)
    file.write_text(out.getvalue(), "utf-8")


def seal(study: Path, seals: dict[str, str]) -> None:
    """Write what seals the words behind each cell into the printed tables."""
    for file in sorted((study / "published").glob("*.csv")):
        text = file.read_text("utf-8").splitlines()
        file.write_text("\n".join([text[0] + ",evidence", *(t + "," for t in text[1:])]), "utf-8")
        rewrite(file, lambda lines: [{**n, "evidence": seals.get(n["cell"], "")} for n in lines])
