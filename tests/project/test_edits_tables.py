"""Hand-written tables come in whole or not at all, and name each other's rows by refs."""

from collections.abc import Callable
from pathlib import Path

import builders
import pytest
from builders import ANNA, BO, Garden

from workbench import errors
from workbench.project import edits, imports, views

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to


def refused(garden: Garden, path: Path, line: int) -> str:
    """Import a file that must be refused whole; return its sentence after “line N: ”."""
    before, acts = garden.live(), garden.acts()
    with pytest.raises(errors.BadTable) as caught:
        imports.import_files(garden.project, [path])
    assert (garden.live(), garden.acts()) == (before, acts)
    beginning = f"{path}: line {line}"
    assert str(caught.value).startswith(beginning)
    return str(caught.value).removeprefix(beginning)


def chart(garden: Garden) -> dict[tuple[str, str], list[str]]:
    frame = views.statements(garden.project)
    found: dict[tuple[str, str], list[str]] = {}
    for case, number, text in zip(frame["case"], frame["number"], frame["text"], strict=True):
        found.setdefault((case, number), []).append(text)
    return found


# --- tables that name each other's rows ----------------------------------------------


CODINGS = """ref,transcript,code,quote,before,start,stop,uncertain
c1,gardener,1.1,The quiet.,,,,
c2,group.txt,Tools,list,The,,,yes
c3,group,2.1,,,0,5,no
"""
STATEMENTS = """ref,case,code,kind,text,evidence
s1,gardener,1.1,verbatim,The quiet.,c1
s2,group: Bo,2.2,summary,The list again.,c2
s3,group: Bo,2.2,comment,Why?,
s4,group: Anna,2.1,summary,They have a list.,
"""
LADDER = """ref,level,label,parents,statements
n1,category,Calm,Access,s1
n2,2,Order of work,n1,s2; s4
n3,,Well-being,,
"""
LINKS = """source,target,sign,basis,for,against
n2,n3,+,participant,c2;c1,
Calm,Use of the garden,-,authors,,
"""
FACETS = "node,scheme,value\nn2,where,shed\nAccess,where,gate\n"


def test_tables_given_in_any_order_find_each_others_rows(garden, write):
    paths = [
        write("links.csv", LINKS),
        write("facets.csv", FACETS),
        write("ladder.csv", LADDER),
        write("statements.csv", STATEMENTS),
        write("codings.csv", CODINGS),
    ]
    report = imports.import_files(garden.project, paths)
    assert report.counts == {"codings": 3, "statements": 4, "nodes": 3, "links": 2, "facets": 2}
    assert chart(garden)[(BO, "2.2")] == ["The list again.", "Why?"]
    assert chart(garden)[("gardener", "1.1")][-1] == "The quiet."
    trace = garden.project.trace("Calm")
    assert set(trace.quotes()) == {
        "The quiet.",
        "list",
        "We have a list on the shed. It works well.",
    }
    rows = garden.live()
    label = {n["id"]: n["label"] for n in rows["node"]}
    assert {(label[k["source_id"]], k["sign"], label[k["target_id"]]) for k in rows["link"]} == {
        ("Locked out", "−", "Use of the garden"),
        ("Order of work", "+", "Well-being"),
        ("Calm", "−", "Use of the garden"),
    }
    assert {label[f["node_id"]]: f["value"] for f in rows["facet"]} == {
        "Locked out": "outside",
        "Order of work": "shed",
        "Access": "gate",
    }
    assert garden.project.check() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "ref,transcript,code,quote\nx,group,2.1,Rain helps us.\n",
            "ref,transcript,code,quote\ny,gardener,1.1,The quiet.\nx,group,2.2,Tools are lent\n",
        ),
        (
            "ref,case,code,kind,text\nx,gardener,1.1,comment,One.\n",
            "ref,case,code,kind,text\ny,gardener,1.1,comment,Two.\nx,gardener,1.1,comment,Three.\n",
        ),
        ("ref,level,label\nx,5,Calm\n", "ref,level,label\ny,5,Rest\nx,5,Order\n"),
    ],
    ids=["codings", "statements", "ladder"],
)
def test_a_ref_of_two_tables_of_one_import_is_refused_by_its_name(garden, write, one, other):
    """The later row would win, and what cites the ref would rest on other words."""
    paths = [write("one.csv", one), write("two.csv", other)]
    before = garden.live()
    with pytest.raises(errors.BadTable) as caught:
        imports.import_files(garden.project, paths)
    assert str(caught.value).startswith(
        f"{paths[1]}: line 3: the ref “x” stands in another table of this import too; give each "
        "row a ref of its own, or import the tables one after the other."
    )
    garden.project.undo()  # the first table is kept
    assert garden.live() == before
    for path in paths:
        imports.import_files(garden.project, [path])


def test_each_table_is_one_act_that_keeps_its_report(garden, write):
    acts = garden.acts()
    paths = [write("codings.csv", CODINGS), write("statements.csv", STATEMENTS)]
    imports.import_files(garden.project, paths)
    verbs = [a["verb"] for a in garden.project.history()][: garden.acts() - acts]
    assert verbs == ["import statements", "import codings"]
    with garden.project.reading() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM act_report").scalar_one()
    assert kept == 1 + 2


def test_statements_that_name_no_evidence_cite_the_cell_and_the_report_tells(garden, write):
    report = imports.import_files(
        garden.project, [write("s.csv", f"case,code,kind,text\n{BO},2.1,summary,Unkept.\n")]
    )
    (guess,) = report.guesses
    assert guess.confidence == "unsure"
    made = next(s["id"] for s in garden.live()["statement"] if s["text"] == "Unkept.")
    cited = [e for e in garden.live()["statement_evidence"] if e["statement_id"] == made]
    assert [e["coding_id"] for e in cited] == [garden.codings["stale list"]]


def test_codings_that_are_here_already_stay_and_their_refs_still_serve(garden, write):
    codings = write("codings.csv", CODINGS)
    imports.import_files(garden.project, [codings])
    held = garden.live()["coding"]
    report = imports.import_files(garden.project, [codings, write("statements.csv", STATEMENTS)])
    assert report.counts["codings"] == 0
    assert any("3 codings" in note for note in report.notes)
    assert garden.live()["coding"] == held
    assert chart(garden)[(BO, "2.2")] == ["The list again.", "Why?"]


def test_a_ref_whose_table_did_not_come_along_is_told(garden, write):
    for ref in ("c1", "coding-of-the-quiet"):
        table = f"case,code,kind,text,evidence\ngardener,1.1,summary,Calm.,{ref}\n"
        said = refused(garden, write("statements.csv", table), 2)
        assert said == (
            f": There is no coding with the ref “{ref}” in this project. Import the table that "
            "has this ref together with this one (codings.csv)."
        )


# --- rows that cannot be taken -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        (
            "codings",
            "transcript,code,quote\ngroup,2.1,The list\ngroup,2.1,The shed is green\n",
            3,
            "“The shed is green” is not in “group”",
        ),
        ("codings", "transcript,code,quote\ngroup,2.1,list\n", 2, "2 times in “group”"),
        ("codings", "transcript,code,start,stop\ngroup,2.1,0,9999\n", 2, "Characters 0 to 9999"),
        (
            "codings",
            "transcript,code,start,stop,quote\ngroup,2.1,0,5,Tools\n",
            2,
            "are not the words “Tools”. Leave the positions out",
        ),
        ("codings", "transcript,code,quote\ngruop,2.1,list\n", 2, "Did you mean “group”"),
        ("codings", "transcript,code,quote\ngroup,Tols,Two people\n", 2, "Did you mean “Tools”"),
        ("codings", "transcript,code,quote\ngroup,,work\n", 2, "must not be empty"),
        (
            "statements",
            f"case,code,kind,text\n{BO},2.1,verbatim,The list is kept\n",
            2,
            "does not stand letter by letter",
        ),
        ("statements", f"case,code,kind,text\n{BO},1.1,summary,Rain\n", 2, "Code the words first"),
        ("statements", f"case,code,kind,text\n{BO},2.1,thought,Rain\n", 2, "“thought” is not one"),
        ("cells", "case,code,mark\ngardener,1.2,not asked\n", 2, "holds statements"),
        ("cells", f"case,code,mark\n{ANNA},1.1,nothing said\n", 2, "has codings"),
        ("cells", f"case,code,mark\n{ANNA},1.2,reviewed\n", 2, "no statement to review"),
        ("cases", "case,plot\nKari,9\nDag,nine\n", 3, "The attribute “plot” cannot be 'nine'"),
        ("cases", "case,transcript\nKari,grop\n", 2, "Did you mean “group”"),
        ("cases", "case,transcript,speaker\nKari,group,Dag\n", 2, "There is no speaker “Dag”"),
        ("ladder", "level,label,parents\n2,A,Lists\n", 2, "is not on a higher level"),
        ("ladder", "level,label,parents\n2,A,B\n", 2, "There is no node “B”"),
        ("ladder", "level,label\n1,A\n", 2, "nodes do not stand on “1”"),
        ("links", "source,target,sign,basis\nLists,Access,+,quote\n", 2, "at least one coding"),
        ("links", "source,target,sign,basis\nLists,Lists,+,authors\n", 2, "cannot act on itself"),
        ("links", "source,target,sign,basis\nLists,Acces,+,authors\n", 2, "“Access”"),
        ("facets", "node,scheme,value\nList,where,in\n", 2, "Did you mean “Lists”"),
        ("placements", "typology,case,type\nways,gardener,Seldom\n", 2, "Regular, Rare"),
        ("memos", "kind,text,anchor\nmethod,x,case:Nobody\n", 2, "There is no case “Nobody”"),
        ("memos", "kind,text,anchor\nmethod,x,planet:Mars\n", 2, "is not an anchor"),
        ("readings", "person,transcript,how\nanna,group,skimmed\n", 2, "“skimmed” is not one of"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_with_its_line_and_nothing_comes_in(
    garden, write, name, text, line, said
):
    assert said in refused(garden, write(f"{name}.csv", text), line)


def test_of_many_bad_rows_the_first_is_told_in_full_and_the_others_counted(garden, write):
    table = "transcript,code,quote\n" + "group,2.1,no such words at all\n" * 3
    said = refused(garden, write("codings.csv", table), 2)
    assert "(2 more lines have problems.)" in said


def test_one_bad_row_keeps_the_good_ones_out(garden, write):
    table = "level,label,parents\n4,Good,Access\n4,Bad,Nothing\n"
    refused(garden, write("ladder.csv", table), 3)
    assert "Good" not in {n["label"] for n in garden.live()["node"]}


def test_a_table_that_fails_leaves_the_tables_before_it(garden, write):
    bad = "case,code,kind,text,evidence\ngardener,1.1,summary,Calm.,c9\n"
    with pytest.raises(errors.BadTable, match=r"statements\.csv: line 2"):
        imports.import_files(
            garden.project, [write("statements.csv", bad), write("codings.csv", CODINGS)]
        )
    assert len(garden.live()["coding"]) == 7 + 3
    assert garden.project.history(1)[0]["verb"] == "import codings"


# --- files as people make them -------------------------------------------------------


def test_a_file_from_excel_with_mark_semicolons_and_crlf_comes_in(garden, tmp_path):
    text = 'Transcript;Code;Quote;Coder\r\ngroup;2.2;"come back late";åse\r\n'
    path = tmp_path / "codings.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    report = imports.import_files(garden.project, [path])
    assert report.counts == {"codings": 1}
    assert any("separated by semicolon" in note for note in report.notes)
    assert "åse" in {p["handle"] for p in garden.live()["person"]}


def test_columns_that_fit_no_table_are_told(garden, write):
    said = refused(garden, write("odd.csv", "name,age\nKari,44\n"), 1)
    assert said.startswith(": the columns name, age fit no table known here.")


def test_a_column_without_a_meaning_is_left_out_and_told(garden, write):
    report = imports.import_files(
        garden.project, [write("m.csv", "kind,text,mood\nmethod,Look.,good\n")]
    )
    assert report.counts == {"memos": 1}
    assert any("“mood”" in o.why for o in report.left_out)


def test_what_the_import_is_told_holds_where_a_row_is_silent(garden, write):
    path = write("c.csv", "transcript,code,quote,coder\ngroup,2.2,Tools,\ngroup,2.2,late,bo\n")
    imports.import_files(garden.project, [path], coder="cato", run="first")
    rows = garden.live()
    handle = {p["id"]: p["handle"] for p in rows["person"]}
    made = {c["quote"]: handle[c["person_id"]] for c in rows["coding"]}
    assert (made["Tools"], made["late"]) == ("cato", "bo")


def test_a_table_for_two_frameworks_names_one_in_each_row(garden, write):
    from workbench.project import edits

    edits.add_framework(garden.project, builders.version("other"))
    table = (
        f"framework,case,code,mark\nother@1,{BO},1.1,not asked\ngarden@1,{BO},1.2,nothing said\n"
    )
    imports.import_files(garden.project, [write("cells.csv", table)])
    marks = sorted(c["mark"] for c in garden.live()["cell"] if c["mark"])
    assert marks == ["not asked", "not asked", "nothing said", "nothing said"]


def test_levels_of_a_table_are_read_by_the_names_of_the_ladder_that_is_here(garden, write):
    edits.change_ladder(garden.project, "findings", template="theme / sort / domain / message")
    edits.change_setting(garden.project, "method", "finding / pattern / area / thesis")
    text = "ladder,level,label\n,Theme,A\nfindings,sort,B\nnew,pattern,C\nnew,theme,D\n"
    imports.import_files(garden.project, [write("ladder.csv", text)])
    levels = {n["label"]: n["level"] for n in garden.live()["node"]}
    assert [levels[label] for label in "ABCD"] == [2, 3, 3, 5]
    (new,) = [r for r in garden.live()["ladder"] if r["name"] == "new"]
    assert new["template"] == "finding / pattern / area / thesis"
