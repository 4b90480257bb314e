import pytest

from workbench.errors import BadTable
from workbench.formats import table_rows, tables
from workbench.formats.table_rows import (
    CaseRow,
    CellRow,
    CodingRow,
    CountRow,
    DecisionRow,
    FacetRow,
    LadderRow,
    LinkRow,
    MeetingRow,
    MemoRow,
    PlacementRow,
    QuotationRow,
    ReadingRow,
    StatementRow,
)
from workbench.model.ladder import TEMPLATES, LadderTemplate


@pytest.fixture
def table(tmp_path):
    def read(content: str, kind: tables.Kind | None = None) -> tables.Table:
        file = tmp_path / "t.csv"
        file.write_text(content, "utf-8")
        return tables.read(file, kind)

    return read


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (
            "ref;transcript;code;quote;before;start;stop;coder;run;uncertain\n"
            "c1; T01 ;1.1; so far ;went;;;Bo;first;yes\n"
            "c2;T01;1.2;;;3;10;;;\n",
            (
                CodingRow(
                    2, "c1", "T01", "1.1", " so far ", "went", "", None, None, "Bo", "first", True
                ),
                CodingRow(3, "c2", "T01", "1.2", "", "", "", 3, 10, "", "", False),
            ),
        ),
        (
            "ref,framework,case,code,kind,text,evidence\n"
            "s1,waiting@1,Anna,1.1,Verbatim,“too far”,c1; c2 ;\n"
            ",,Anna,1.1,comment,Ask again.,\n",
            (
                StatementRow(
                    2, "s1", "waiting@1", "Anna", "1.1", "verbatim", "“too far”", ("c1", "c2")
                ),
                StatementRow(3, "", "", "Anna", "1.1", "comment", "Ask again.", ()),
            ),
        ),
        (
            "case,code,mark\nAnna,1.1,Not  Asked\nAnna,1.2,reviewed\n",
            (
                CellRow(2, "", "Anna", "1.1", "not asked"),
                CellRow(3, "", "Anna", "1.2", "reviewed"),
            ),
        ),
        (
            "Case,Transcript,Speaker,Occupation,Years\nAnna,T01; T02,A,Nurse,12\nBo,,,,\n",
            (
                CaseRow(2, "Anna", ("T01", "T02"), "A", (("Occupation", "Nurse"), ("Years", "12"))),
                CaseRow(3, "Bo", (), "", (("Occupation", ""), ("Years", ""))),
            ),
        ),
        (
            "ref,ladder,level,label,parents,statements,note\n"
            "e1,main,2,Should say something,d1;d2,s1,\n"
            "d1,main,Dimension,Support,,,seen twice\n"
            "k1,main,Key element,Mixed,,,\n"
            ",,,Low-value imaging,,,\n",
            (
                LadderRow(2, "e1", "main", 2, "Should say something", ("d1", "d2"), ("s1",), ""),
                LadderRow(3, "d1", "main", 3, "Support", (), (), "seen twice"),
                LadderRow(4, "k1", "main", 3, "Mixed", (), (), ""),
                LadderRow(5, "", "", None, "Low-value imaging", (), (), ""),
            ),
        ),
        (
            "ref;source;target;sign;basis;relation;groups;for;against;note\n"
            "l1;Access;Use;+;participant, quote;raises;GP;c1;c2;\n",
            (
                LinkRow(
                    2,
                    "l1",
                    "Access",
                    "Use",
                    "+",
                    ("participant", "quote"),
                    "raises",
                    ("GP",),
                    ("c1",),
                    ("c2",),
                    "",
                ),
            ),
        ),
        (
            "source,target,sign,basis\nA,B,-,authors;Literature\nA,C,~,quote\n",
            (
                LinkRow(2, "", "A", "B", "−", ("authors", "literature"), "", (), (), (), ""),
                LinkRow(3, "", "A", "C", "±", ("quote",), "", (), (), (), ""),
            ),
        ),
        ("node,scheme,value\nAccess,ring,outer\n", (FacetRow(2, "Access", "ring", "outer", ""),)),
        (
            "typology,case,type,reason\nStance,Anna,Gatekeeper,says so\n",
            (PlacementRow(2, "Stance", "Anna", "Gatekeeper", "says so"),),
        ),
        (
            "kind,title,text,person,anchor\n"
            "Field note,,A cold room.,Bo,transcript: T01\n"
            "analytic,T,Why?,,code:1.2\n"
            "method,,We met.,,\n",
            (
                MemoRow(2, "field note", "", "A cold room.", "Bo", ("transcript_version", "T01")),
                MemoRow(3, "analytic", "T", "Why?", "", ("code", "1.2")),
                MemoRow(4, "method", "", "We met.", "", None),
            ),
        ),
        (
            "person,transcript,how,date\nBo,T01,Listened,2021-02-28\n",
            (ReadingRow(2, "Bo", "T01", "listened", "2021-02-28", ""),),
        ),
        (
            "coding,outcome,reason,run,person,result\n"
            "c1,Changed, Too wide ,agreed,Bo,c9\nc2,kept,We agree.,,,\n",
            (
                DecisionRow(2, "agreed", "c1", "changed", "Too wide", "Bo", "c9"),
                DecisionRow(3, "", "c2", "kept", "We agree.", "", ""),
            ),
        ),
        (
            "title,present,date,stage,text\nScope,Bo; Eva,2021-02-28,Index,This only.\nEnd,,,,\n",
            (
                MeetingRow(2, "Scope", ("Bo", "Eva"), "2021-02-28", "index", "This only."),
                MeetingRow(3, "End", (), "", "", ""),
            ),
        ),
        (
            "number,coding,report,node,speaker,participant,note\n"
            "1,c1,P1,Access,GP,7,Late.\n1,c1,P2,,,,\n2,c1,,,,,\n",
            (
                QuotationRow(2, "P1", 1, "c1", "Access", "GP", "7", "Late."),
                QuotationRow(3, "P2", 1, "c1", "", "", "", ""),
                QuotationRow(4, "", 2, "c1", "", "", "", ""),
            ),
        ),
        (
            "series,month,Centre,count\nletters,2022-10,A1,0\nletters,2022-10,,12\n",
            (
                CountRow(2, "letters", (("month", "2022-10"), ("Centre", "A1")), 0),
                CountRow(3, "letters", (("month", "2022-10"),), 12),
            ),
        ),
    ],
)
def test_each_kind_of_table_becomes_rows_of_its_own(table, content, rows) -> None:
    assert table_rows.rows(table(content)) == rows


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "transcript,code,quote\nT1,1.1,yes\n,1.1,no\n",
            "line 3, column transcript: this must not be empty.",
        ),
        (
            "transcript,code,quote\nT1,1.1, \n",
            "line 2, column quote: give the words, or start and stop.",
        ),
        (
            "transcript,code,start,stop\nT1,1.1,5,\n",
            "line 2, column stop: start and stop go together.",
        ),
        (
            "transcript,code,start,stop\nT1,1.1,5,5\n",
            "line 2, column stop: 5 is not after the start, 5.",
        ),
        (
            "transcript,code,start,stop\nT1,1.1,-5,5\n",
            "line 2, column start: “-5” is not a number of characters, such as 120.",
        ),
        (
            "transcript,code,start,stop\nT1,1.1,٥,9\n",
            "line 2, column start: “٥” is not a number of characters, such as 120.",
        ),
        (
            "transcript,code,quote,uncertain\nT1,1.1,yes,perhaps\n",
            "line 2, column uncertain: “perhaps” is neither yes nor no.",
        ),
        (
            "ref,transcript,code,quote\nc1,T1,1.1,a\nc2,T1,1.1,a\nc1,T1,1.1,b\n",
            "line 4, column ref: “c1” stands on line 2 already.",
        ),
        (
            "case,code,kind,text\nAnna,1.1,sumary,Far.\n",
            "line 2, column kind: “sumary” is not one of summary, verbatim, comment.",
        ),
        (
            "case,code,mark\nAnna,1.1,done\n",
            "line 2, column mark: “done” is not one of not asked, nothing said, reviewed.",
        ),
        ("case,age\nAnna,3\nAnna,4\n", "line 3, column case: “Anna” stands on line 2 already."),
        (
            "level,label\nsegment,Access\n",
            "line 2, column level: nodes do not stand on “segment”. Give a number from 2 to 5, "
            "or one of code, condensed text, element, dimension, key element, sub-category, "
            "category, main category, theme.",
        ),
        (
            "source,target,sign,basis\nA,B,0,quote\n",
            "line 2, column sign: “0” is not one of +, −, ±. Also - and ~.",
        ),
        (
            "source,target,sign,basis\nA,B,+,hearsay\n",
            "line 2, column basis: “hearsay” is not one of participant, quote, authors, "
            "literature.",
        ),
        (
            "source,target,sign,basis\nA,B,+,\n",
            "line 2, column basis: say on whose word: participant, quote, authors, literature.",
        ),
        (
            "case,transcript,start,stop\nAnna,T01,,\n",
            "line 2, column start: this must not be empty.",
        ),
        (
            "case,transcript,start,stop\nAnna,T01,9,9\n",
            "line 2, column stop: 9 is not after the start, 9.",
        ),
        (
            "kind,text,anchor,start\nmethod,We met.,transcript:T01,4\n",
            "line 2, column stop: start and stop go together.",
        ),
        (
            "kind,text,anchor\nmethod,We met.,Anna\n",
            "line 2, column anchor: “Anna” is not an anchor such as case:Anna. Before the colon "
            "stands one of transcript, framework, project, transcript_version, case, code, "
            "coding, cell, statement, node, link, framework_version.",
        ),
        (
            "person,transcript,how,date\nBo,T01,read,28.2.2021\n",
            "line 2, column date: “28.2.2021” is not a date like 2021-02-28.",
        ),
        (
            "coding,outcome,reason\nc1,removed,Why not.\n",
            "line 2, column outcome: “removed” is not one of kept, dropped, changed.",
        ),
        (
            "coding,outcome,reason\nc1,kept, \n",
            "line 2, column reason: this must not be empty.",
        ),
        (
            "title,present,stage\nScope,Bo,coffee\n",
            "line 2, column stage: “coffee” is not one of prepare, read, build, index, chart, "
            "map, interpret.",
        ),
        (
            "number,coding\n1.5,c1\n",
            "line 2, column number: “1.5” is not a whole number, such as 12.",
        ),
        (
            "number,coding,report\n1,c1,P1\n1,c2,P2\n1,c3,P1\n",
            "line 4, column number: “P1 1” stands on line 2 already.",
        ),
        (
            "series,count,month\nletters,-3,May\n",
            "line 2, column count: “-3” is not a whole number, such as 12.",
        ),
        (
            "series,count,month\nletters,3,May\nletters,3,June\nletters,4,May\n",
            "line 4, column count: “letters, month=May” stands on line 2 already.",
        ),
        (
            "name,age\nAnna,3\n",
            "line 1: no kind of table has the columns name, age. Kinds are codings, statements, "
            "cells, cases, spans, ladder, links, facets, placements, memos, readings, decisions, "
            "meetings, quotations, counts; the manual gives the columns of each.",
        ),
    ],
)
def test_a_value_that_cannot_be_taken_is_refused_with_line_and_column(table, content, said):
    read = table(content)
    with pytest.raises(BadTable) as caught:
        table_rows.rows(read)
    assert str(caught.value) == f"{read.path}: {said}"


@pytest.mark.parametrize("level", [0, 1, 6, 99])
def test_nodes_stand_on_levels_two_to_five_only(table, level) -> None:
    with pytest.raises(BadTable, match="nodes do not stand"):
        table_rows.rows(table(f"level,label\n{level},Access\n"))


def test_the_template_says_which_level_a_name_is(table) -> None:
    read = table("level,label\ncondensed text,Access\ncategory,Money\n")
    found = table_rows.ladder(read, TEMPLATES["elo-kyngas"])
    assert [row.level for row in found] == [2, 4]


def test_a_template_of_ones_own_goes_before_the_others(table) -> None:
    own = LadderTemplate("own", "Own", ("segment", "note", "category", "theme"), "")
    found = table_rows.ladder(table("level,label\ncategory,Money\nelement,Fees\n"), own)
    assert [row.level for row in found] == [2, 2]
