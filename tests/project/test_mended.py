"""What a review found wrong, each with the act that showed it."""

import dataclasses
import re
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import builders
import postgres
import pytest
from builders import ANNA, BO, GROUP, Garden

from workbench import errors
from workbench.model.case import attribute_type, attribute_value
from workbench.model.framework import Code, FrameworkVersion, stable_id
from workbench.model.report import ImportReport
from workbench.model.transcript import Header
from workbench.project import door, edits, imports, interpreting, mapping, views
from workbench.project.names import Names
from workbench.project.samples import samples

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to


def refused_act(
    garden: Garden, error: type[errors.WorkbenchError], do: Callable[[], object]
) -> str:
    """Do what must be refused; return its sentence. Nothing may be stored."""
    before, acts = garden.live(), garden.acts()
    with pytest.raises(error) as caught:
        do()
    assert (garden.live(), garden.acts()) == (before, acts)
    return str(caught.value)


def rows(garden: Garden, table: str, **values: Any) -> list[dict[str, Any]]:
    return [r for r in garden.live()[table] if all(r[k] == v for k, v in values.items())]


# --- headers hold what a header can say ------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("duration_minutes", "inf"),
        ("duration_minutes", "nan"),
        ("duration_minutes", "-5"),
        ("duration_minutes", "1e300"),
        ("duration_minutes", "1_0"),
        ("order_number", "0"),
        ("order_number", "3000000000"),
        ("order_number", "9" * 25),
        ("order_number", "1_0"),
        ("date", "yesterday"),
        ("date", "2024-02-30"),
    ],
)
def test_a_header_refuses_what_is_no_duration_place_or_date(garden, field, value):
    said = refused_act(
        garden,
        errors.BadValue,
        lambda: edits.change_header(garden.project, "gardener", field, value),
    )
    assert value in said


def test_a_header_takes_durations_places_and_dates(garden):
    for field, value in (
        ("duration_minutes", "43.5"),
        ("order_number", "1000000"),
        ("date", "2024-02-29"),
        ("mode", "in person"),
    ):
        edits.change_header(garden.project, "gardener", field, value)
    (row,) = rows(garden, "transcript", name="gardener")
    kept = [row[f] for f in ("duration_minutes", "order_number", "date", "mode")]
    assert kept == [43.5, 1_000_000, "2024-02-29", "in person"]


def test_an_import_leaves_impossible_header_fields_out_and_says_so(garden):
    one = builders.incoming("odd", "I: Well?\nKari: Beans.\n")
    header = Header(
        title="Beans", date="last week", duration_minutes=float("inf"), order=3_000_000_000
    )
    odd = dataclasses.replace(one, reading=dataclasses.replace(one.reading, header=header))
    report = edits.import_transcripts(garden.project, [odd], ImportReport("texts"))
    (row,) = rows(garden, "transcript", name="odd")
    kept = [row[f] for f in ("title", "date", "duration_minutes", "order_number")]
    assert kept == ["Beans", "", None, None]
    told = {o.why.split(" cannot")[0] for o in report.left_out if o.what == "fields of the header"}
    assert told == {"a date", "the duration minutes", "the order number"}


# --- attributes ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["case_id", "case", "Case", "", "  "])
def test_an_attribute_is_not_called_like_a_column_of_the_cases(garden, name):
    p = garden.project
    refused_act(garden, errors.BadValue, lambda: edits.set_attribute(p, "gardener", name, "7"))
    refused_act(
        garden,
        errors.BadValue,
        lambda: edits.set_attribute(p, "gardener", name, "7", kind="integer"),
    )
    refused_act(garden, errors.BadValue, lambda: edits.add_cases(p, {"gardener": {name: "7"}}))


def test_a_table_of_cases_with_a_column_case_id_says_that_it_is_left_out(garden, write):
    path = write("cases.csv", "case,case_id,plot\nKari,5,7\n")
    report = imports.import_files(garden.project, [path])
    (left,) = report.left_out
    assert (left.what, left.why) == ("column case_id", "cases go by their names")
    kari = views.cases(garden.project).set_index("case").loc["Kari"]
    assert (kari["plot"], kari["case_id"] != "5") == (7, True)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["0150", "0999"], "text"),
        (["1_000", "2000"], "text"),
        (["nan", "1.5"], "text"),
        (["inf", "2"], "text"),
        (["1e999"], "text"),
        (["9" * 25], "text"),
        (["0", "-3", "12"], "integer"),
        (["0.5", "-3", "1e3"], "float"),
        (["2024-02-29"], "date"),
    ],
)
def test_what_is_not_plainly_a_number_is_text(values, kind):
    assert attribute_type(values) == kind


@pytest.mark.parametrize(
    ("kind", "value"), [("float", "nan"), ("float", "inf"), ("integer", "1_0")]
)
def test_a_declared_number_is_a_number(kind, value):
    with pytest.raises(errors.BadValue):
        attribute_value("size", kind, value)


def test_the_types_that_an_import_concluded_for_new_attributes_are_said(garden, write):
    path = write("cases.csv", "case,plot,postcode,since\nKari,7,0150,2020-01-02\n")
    report = imports.import_files(garden.project, [path])
    (guess,) = report.guesses
    assert guess.what == "the types of new attributes (postcode: text; since: date)"
    again = imports.import_files(garden.project, [path])
    assert again.guesses == []


# --- names -----------------------------------------------------------------------------


@pytest.mark.parametrize("given", [" ", "", "\t"])
def test_nothing_is_called_nothing(garden, given):
    p = garden.project
    for do in (
        lambda: edits.add_ladder(p, given),
        lambda: edits.add_typology(p, given, {}, {}),
        lambda: edits.add_person(p, given),
    ):
        refused_act(garden, errors.BadValue, do)


def test_blanks_at_the_ends_of_a_name_are_not_part_of_it(garden):
    p = garden.project
    refused_act(garden, errors.Refused, lambda: edits.add_person(p, " anna "))
    refused_act(garden, errors.Refused, lambda: edits.add_typology(p, " ways ", {}, {}))
    refused_act(garden, errors.Refused, lambda: edits.add_ladder(p, " findings "))
    edits.set_attribute(p, "gardener", " plot ", "13")
    assert views.cases(p).set_index("case").loc["gardener", "plot"] == 13
    assert len(rows(garden, "attribute")) == 2


def test_a_second_ladder_of_a_name_is_refused(garden):
    said = refused_act(
        garden,
        errors.Refused,
        lambda: edits.add_ladder(garden.project, "findings", template="elo-kyngas"),
    )
    assert "a ladder called “findings”" in said


def test_a_group_with_a_comma_is_refused(garden):
    said = refused_act(
        garden,
        errors.Refused,
        lambda: edits.add_link(
            garden.project, "Lists", "Access", "+", basis=["authors"], groups=["Nurses, night"]
        ),
    )
    assert "“Nurses, night”" in said


@pytest.mark.parametrize(
    ("start", "stop"), [(-10, -5), (5, 5), (9, 2), (3, None), (None, 3), (0, 10**9)]
)
def test_a_memo_stands_at_a_stretch_of_a_text(garden, start, stop):
    version = rows(garden, "transcript_version")[0]["id"]
    refused_act(
        garden,
        errors.WorkbenchError,
        lambda: edits.add_memo(
            garden.project,
            "Hm.",
            anchor="transcript_version",
            anchor_id=version,
            start=start,
            stop=stop,
        ),
    )


def test_a_memo_to_the_project_has_no_stretch(garden):
    refused_act(
        garden, errors.BadValue, lambda: edits.add_memo(garden.project, "Hm.", start=0, stop=3)
    )


def test_only_the_ending_of_a_file_is_taken_off_the_name_of_a_transcript(garden):
    p = garden.project
    builders.bring(p, ("Interview 1", "P: One word here."))
    assert edits.code(p, "Interview 1.DOCX", 3, 6, "1.1").quote == "One"
    refused_act(garden, errors.UnknownName, lambda: edits.code(p, "Interview 1.2", 3, 6, "1.2"))


def odd_codes(*pairs: tuple[str, str]) -> FrameworkVersion:
    codes = tuple(Code(stable_id("odd", "code", name), number, name) for number, name in pairs)
    return FrameworkVersion("odd", "1", (), codes)


def test_a_number_that_is_another_codes_name_is_ambiguous(garden):
    edits.add_framework(
        garden.project, odd_codes(("1", "2"), ("2", "Other"), ("3", "Pain"), ("4", "PAIN"))
    )
    with garden.project.reading() as connection:
        names = Names(connection)
        version = names.version("odd@1")
        with pytest.raises(errors.AmbiguousName, match="1 2, 2 Other"):
            names.code(version, "2")
        with pytest.raises(errors.AmbiguousName, match="3 Pain, 4 PAIN"):
            names.code(version, "pain")
        assert names.code(version, "PAIN")["number"] == "4"
        assert names.code(version, "1")["name"] == "2"


# --- ids by a part of them -------------------------------------------------------------


def test_the_last_letters_of_an_id_name_its_row(garden):
    coding = garden.codings["tools"]
    assert views.kind_of(garden.project, coding[-8:]) == "coding"
    edits.withdraw_coding(garden.project, coding[-8:])
    assert coding not in {c["id"] for c in garden.live()["coding"]}


def test_a_beginning_that_rows_of_two_kinds_share_is_ambiguous(garden):
    coding, link = garden.codings["tools"], garden.link
    shared = next(n for n in range(36, 0, -1) if coding[:n] == link[:n])
    assert shared >= 8, "the rows were made in the same minute"
    with pytest.raises(errors.AmbiguousName) as caught:
        views.kind_of(garden.project, coding[:shared])
    assert len(caught.value.choices) > 5
    said = str(caught.value)
    assert len(re.findall("[0-9a-f-]{36}", said)) == 5
    assert "…" in said
    with pytest.raises(errors.AmbiguousName, match="…"):
        edits.withdraw_coding(garden.project, coding[:8])


def test_the_whole_id_is_never_ambiguous(garden):
    assert views.kind_of(garden.project, garden.link) == "link"
    with pytest.raises(errors.UnknownName):
        views.kind_of(garden.project, "ffffffff")
    with pytest.raises(errors.BadValue, match="the whole id, or its last 8 letters"):
        edits.withdraw_coding(garden.project, garden.codings["tools"][-7:])


# --- the same tables again -------------------------------------------------------------


_AGAIN = {
    "codings": "ref,transcript,code,quote\nc1,group,2.2,Tools are lent\nc2,group,2.1,The list is\n",
    "statements": (
        "ref,case,code,kind,text,evidence\n"
        "s1,group: Bo,2.2,summary,lent,c1\n"
        "s2,group: Bo,2.1,summary,late,\n"
        "s3,group: Bo,2.1,comment,Twice,\ns4,group: Bo,2.1,comment,Twice,\n"
    ),
    "ladder": (
        "ref,ladder,level,label,parents,statements\n"
        "t1,L,5,Top,,\nd1,L,4,Other,t1,\nd2,L,4,Other,t1,s2\ne1,L,2,Low,d1,s1\n,L,,Out,,\n"
    ),
    "links": "source,target,sign,basis,for\ne1,Out,+,participant,c1\nt1,Out,-,authors,\n",
    "facets": "node,scheme,value\ne1,ring,in\n",
    "memos": "kind,title,text,person,anchor\nanalytic,t,words,bo,case:group: Bo\n",
    "readings": "person,transcript,how,date,note\nbo,group,read,2024-01-02,\n",
}


def bring_tables(garden: Garden, write: Write, tables: dict[str, str]) -> ImportReport:
    paths = [write(f"{name}.csv", text) for name, text in tables.items()]
    return imports.import_files(garden.project, paths)


def test_the_same_tables_again_change_nothing_and_say_so(garden, write):
    first = bring_tables(garden, write, _AGAIN)
    assert first.counts == {
        "codings": 2,
        "statements": 4,
        "nodes": 5,
        "links": 2,
        "facets": 1,
        "memos": 1,
        "readings": 1,
    }
    held, acts = garden.live(), garden.acts()
    again = bring_tables(garden, write, _AGAIN)
    assert (garden.live(), garden.acts()) == (held, acts)
    assert {k: n for k, n in again.counts.items() if n and k != "facets"} == {}
    for told in ("2 codings", "4 statements", "5 nodes", "2 links", "1 memo", "1 reading"):
        assert f"Here already and left as they are: {told}." in again.notes
    assert garden.project.check() == []


def test_refs_of_later_tables_find_the_rows_that_are_here(garden, write):
    bring_tables(garden, write, _AGAIN)
    more = {
        **_AGAIN,
        "links": _AGAIN["links"] + "d2,Out,+,participant,c2\n",
        "ladder": _AGAIN["ladder"] + "e2,L,2,New,d2,s2\n",
    }
    report = bring_tables(garden, write, more)
    assert (report.counts["nodes"], report.counts["links"]) == (1, 1)
    node = {n["id"]: n for n in garden.live()["node"]}
    fed = {f["node_id"] for f in garden.live()["node_statement"]}
    (new,) = (n for n in node.values() if n["label"] == "New")
    (above,) = (e["parent_id"] for e in garden.live()["node_edge"] if e["child_id"] == new["id"])
    others = [n["id"] for n in node.values() if n["label"] == "Other"]
    assert len(others) == 2
    assert (above in fed, above) == (True, others[1])


def test_a_statement_with_other_evidence_is_another_statement(garden, write):
    head = "case,code,kind,text,evidence\n"
    ids = (garden.codings["rain"], garden.codings["gate"])
    for coding in ids:
        path = write("statements.csv", f"{head}gardener,1.2,summary,Shut.,{coding}\n")
        imports.import_files(garden.project, [path])
    assert len(rows(garden, "statement", text="Shut.")) == 2


def test_a_link_that_is_here_takes_the_codings_it_does_not_cite_yet(garden, write):
    head = "source,target,sign,basis,relation,for\nLists,Access,+,participant,,"
    one, two = garden.codings["list"], garden.codings["july"]
    imports.import_files(garden.project, [write("links.csv", f"{head}{one}\n")])
    report = imports.import_files(garden.project, [write("links.csv", f"{head}{one};{two}\n")])
    assert report.counts == {"links": 0}
    assert "Cited besides for links that were here already: 1 coding." in report.notes
    (link,) = (k for k in garden.live()["link"] if k["id"] != garden.link)
    cited = {e["coding_id"] for e in rows(garden, "link_evidence", link_id=link["id"])}
    assert cited == {one, two}


# --- labels of several ladders ---------------------------------------------------------


_TWO = (
    "ref,ladder,level,label,parents,statements,note\n"
    "a1,L1,5,Access,,,\na2,L2,5,Access,,,\n,L2,,Out,,,\n"
)


def test_a_label_that_two_ladders_of_an_import_have_is_ambiguous(garden, write):
    links = "source,target,sign,basis\nAccess,Out,+,authors\n"
    with pytest.raises(errors.BadTable, match="“Access” could be more than one node"):
        bring_tables(garden, write, {"ladder": _TWO, "links": links})


def test_a_ref_tells_nodes_of_two_ladders_apart(garden, write):
    bring_tables(
        garden, write, {"ladder": _TWO, "links": "source,target,sign,basis\na2,Out,+,authors\n"}
    )
    ladder = {n["id"]: n["ladder_id"] for n in garden.live()["node"]}
    made = garden.live()["link"][-1]
    assert ladder[made["source_id"]] == ladder[made["target_id"]]


def second_ladder(garden: Garden) -> tuple[str, str]:
    p = garden.project
    edits.add_ladder(p, "a second")
    ids = [garden.statements["helps"], garden.statements["list"]]
    low = edits.add_node(p, "Second low", 2, ladder="a second", statements=ids)
    out = edits.add_node(p, "Second out", None, ladder="a second")
    edits.add_link(p, low, out, "+", basis=["authors"])
    return low, out


def test_the_network_counts_the_cases_of_every_ladder(garden):
    low, _ = second_ladder(garden)
    graph = interpreting.network(garden.project)
    assert graph.nodes[low]["cases"] == 2
    locked = rows(garden, "node", label="Locked out")[0]["id"]
    assert graph.nodes[locked]["cases"] == 1
    support = mapping.ladder_support(garden.project, "a second").set_index("node")
    assert support.loc["Second low", "cases"] == 2


def test_each_ladder_counts_the_statements_of_its_own_framework_version(garden):
    low, _ = second_ladder(garden)
    p = garden.project
    edits.add_framework(p, builders.version(number="2"))
    edits.code_quote(p, "group", "Tools are lent", "2.2", framework="garden@2")
    edits.feed(p, low, [edits.write_statement(p, BO, "2.2", "lent", framework="garden@2")])
    assert interpreting.network(p).nodes[low]["cases"] == 3


def test_of_several_ladders_one_must_be_named(garden):
    second_ladder(garden)
    p = garden.project
    for view in (
        mapping.ladder_table,
        mapping.ladder_support,
        mapping.ladder_unused,
        mapping.ladder_tree,
        lambda project: mapping.themes_by_group(project, "plot"),
    ):
        with pytest.raises(errors.AmbiguousName, match="findings, a second"):
            view(p)
    assert mapping.ladder_tree(p, "a second")


def test_the_workbook_and_the_table_hold_every_ladder(garden, tmp_path):
    import openpyxl

    one = mapping.ladder_table(garden.project)
    assert "ladder" not in one.columns
    second_ladder(garden)
    garden.project.export(tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx", read_only=True)
    for sheet in ("Ladder", "Themes"):
        said = {c for row in book[sheet].iter_rows(values_only=True) for c in row}
        assert {"findings", "a second", "Second low", "Locked out"} <= said
    garden.project.export(tmp_path / "ladder.csv", what="ladder")
    lines = (tmp_path / "ladder.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("ladder,statement_id,case,")
    assert len(lines) == 1 + 3 + 2


def test_a_ladder_of_one_framework_version_takes_no_statement_of_another(garden):
    p = garden.project
    edits.add_framework(p, builders.version(number="2"))
    edits.code_quote(p, "group", "Tools are lent", "2.2", framework="garden@2")
    other = edits.write_statement(p, BO, "2.2", "lent", framework="garden@2")
    said = refused_act(garden, errors.Refused, lambda: edits.feed(p, "Lists", [other]))
    assert "garden@1" in said
    edits.feed(p, "Lists", [garden.statements["stale list"]])


# --- typologies ------------------------------------------------------------------------


def test_each_typology_has_its_own_list_of_unplaced_cases(garden):
    p = garden.project
    edits.add_typology(p, "second", {"d": ["x", "y"]}, {"X": {"d": "x"}})
    edits.place_case(p, "second", BO, "X")
    unplaced = mapping.unplaced(p)
    assert next(iter(unplaced.columns)) == "typology"
    assert list(zip(unplaced["typology"], unplaced["case"], strict=True)) == [
        ("ways", ANNA),
        ("ways", BO),
        ("second", "gardener"),
        ("second", ANNA),
    ]
    members = mapping.typology_members(p)
    assert next(iter(members.columns)) == "typology"
    assert [
        (r.typology, r.type, r.cases, r.of, r.members) for r in members.itertuples(index=False)
    ] == [
        ("ways", "Regular", 1, 3, ("gardener",)),
        ("ways", "Rare", 0, 3, ()),
        ("second", "X", 1, 3, (BO,)),
    ]


# --- an import that fails --------------------------------------------------------------


def test_a_failed_import_says_what_of_it_was_kept(garden, write):
    bad = write("statements.csv", "case,code,kind,text,evidence\nNobody,2.2,summary,lent,c1\n")
    good = write("codings.csv", _AGAIN["codings"])
    with pytest.raises(errors.BadTable) as caught:
        imports.import_files(garden.project, [bad, good])
    assert str(caught.value).endswith(" Kept from this import: 2 codings of codings.csv.")
    with pytest.raises(errors.BadTable) as caught:
        imports.import_files(garden.project, [bad, good])
    assert "Kept" not in str(caught.value)


def broken_study(tmp_path: Path) -> tuple[Path, Callable[[], object]]:
    """Copy the sample study, break its links; return the folder and what mends it."""
    home = samples().parents[1]
    folder = tmp_path / "study"
    shutil.copytree(samples(), folder)
    shutil.copytree(home / "frameworks", tmp_path / "frameworks")
    links = folder / "links.csv"
    right = links.read_text(encoding="utf-8")
    header, first, *others = right.splitlines(keepends=True)
    wrong = first.replace(",d08,", ",nobody-knows,")
    assert wrong != first
    links.write_text("".join([header, wrong, *others]), encoding="utf-8")
    return folder, lambda: links.write_text(right, encoding="utf-8")


def test_a_study_that_fails_midway_is_undone_and_can_be_built_when_mended(tmp_path):
    folder, mend = broken_study(tmp_path)
    with door.create(tmp_path / "s.fwb", who="ingrid") as project:
        edits.change_setting(project, "doi", "10.1/x")
        with pytest.raises(errors.BadTable, match=r"nobody-knows.*[Uu]ndone"):
            project.import_files(folder)
        held = {t: r for t, r in builders.live(project).items() if r}
        assert list(held) == ["setting"]
        assert [s["value"] for s in held["setting"]] == ["10.1/x"]
        mend()
        report = project.import_files(folder)
        assert report.counts["links"] > 10
        assert [f for f in project.check() if f.severity == "broken"] == []
        with pytest.raises(errors.Refused, match="empty project"):
            project.import_files(folder)


def test_a_file_that_a_failed_import_made_and_that_holds_nothing_goes_again(tmp_path):
    folder, _ = broken_study(tmp_path)
    path = tmp_path / "s.fwb"
    with (
        pytest.raises(errors.BadTable),
        door.opened_or_made(path, who="ingrid") as project,
    ):
        project.import_files(folder)
    assert not path.exists()
    with door.opened_or_made(path, who="ingrid") as project:
        edits.add_person(project, "bo")
    assert path.exists()


def test_a_failed_import_into_a_new_database_says_what_stands_there(postgres_server, tmp_path):
    missing = tmp_path / "missing.txt"
    with postgres.database(postgres_server, f"t_{uuid.uuid4().hex}") as where:
        said = []
        for _ in range(2):
            with (
                pytest.raises(errors.MissingFile) as caught,
                door.opened_or_made(where, who="ingrid") as project,
            ):
                project.import_files(missing)
            said.append("An empty project is left in postgresql://" in str(caught.value))
    assert said == [True, False]


# --- speed -----------------------------------------------------------------------------


def statements_of(project: Any, do: Callable[[], object]) -> list[str]:
    """Return the SQL that an act runs."""
    from sqlalchemy import event

    ran: list[str] = []

    def note(_c: Any, _cursor: Any, sql: str, *_: Any) -> None:
        ran.append(sql)

    engine = project.store.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return ran


def test_an_import_of_a_ladder_does_not_read_all_nodes_for_each(garden, write):
    table = "level,label\n" + "".join(f"2,Node {n}\n" for n in range(60))
    path = write("ladder.csv", table)
    ran = statements_of(garden.project, lambda: imports.import_files(garden.project, [path]))
    assert sum("FROM node " in sql.replace("\n", " ") for sql in ran) <= 5
    positions = [n["position"] for n in rows(garden, "node") if n["label"].startswith("Node")]
    assert positions == list(range(6, 66))


def test_one_coding_does_not_read_all_codings_of_its_text(garden):
    p = garden.project
    ran = statements_of(p, lambda: edits.code_quote(p, "group", "Tools are lent", "2.2"))
    read = [s for s in ran if "FROM coding " in s.replace("\n", " ")]
    assert read
    assert all("start = " in s for s in read)


def test_codings_that_are_here_are_known_whether_few_or_many_come(garden, write):
    text = GROUP
    spans = [(a, a + 3) for a in range(60)]
    line = "".join(f"group,2.1,{a},{b}\n" for a, b in spans)
    many = write("many.csv", f"transcript,code,start,stop\n{line}")
    few = write("few.csv", "transcript,code,start,stop\ngroup,2.1,0,3\ngroup,2.1,0,4\n")
    assert len(text) > 70
    assert imports.import_files(garden.project, [many]).counts == {"codings": 60}
    assert imports.import_files(garden.project, [few]).counts == {"codings": 1}
    assert imports.import_files(garden.project, [many]).counts == {"codings": 0}


def test_files_are_read_before_the_project_is_locked(garden, tmp_path, monkeypatch):
    paths = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.txt"
        path.write_text("P: Some words.\n", encoding="utf-8")
        paths.append(path)
    other = door.open_project(garden.project.where, who="bo")
    read = imports.transcripts.read

    def reading(*args: Any, **kwargs: Any) -> Any:
        edits.change_setting(other, "title", str(args[1]))
        return read(*args, **kwargs)

    monkeypatch.setattr(imports.transcripts, "read", reading)
    other.store.engine.dispose()
    report = imports.import_files(garden.project, paths)
    other.close()
    assert report.counts["transcripts"] == 2
    assert [a["verb"] for a in garden.project.history(3)] == [
        "import transcripts",
        "change setting",
        "change setting",
    ]


# --- totals, drafts and acts without a change ------------------------------------------


def test_a_case_called_total_keeps_its_row_beside_the_totals(garden):
    p = garden.project
    edits.assign_case(p, "Total", "gardener")
    chart = p.chart(values="counts")
    shown = views.with_totals(chart, views.margins(p))
    assert shown.loc["Total", list(chart.columns)].tolist() == chart.loc["Total"].tolist()
    assert shown.index.tolist() == [*chart.index, "Total (2)"]
    assert shown.columns.tolist() == [*chart.columns, "Total"]


def test_a_released_file_releases_the_equal_draft_that_is_here(garden, write):
    from workbench.formats import framework_yaml

    draft = builders.version(number="9")
    edits.add_framework(garden.project, draft)
    released = dataclasses.replace(draft, state="released", sha256=draft.content_hash())
    path = write("garden.yaml", framework_yaml.dumps(released))
    report = imports.import_files(garden.project, [path])
    frame = views.frameworks(garden.project).set_index("version")
    assert frame.loc["9", "state"] == "released"
    assert frame.loc["9", "sha256"] == draft.content_hash()
    said = "Released garden@9, which was here as a draft with the same content"
    assert garden.project.history(1)[0]["summary"] == said
    assert f"{said}." in report.notes
    acts = garden.acts()
    again = imports.import_files(garden.project, [path])
    assert garden.acts() == acts
    assert "garden@9 was here already, with the same content." in again.notes


def test_acts_that_change_nothing_leave_no_entry(garden):
    p = garden.project
    edits.change_header(p, "gardener", "date", "2024-01-02")
    acts = garden.acts()
    for do in (
        lambda: edits.change_header(p, "gardener", "date", "2024-01-02"),
        lambda: edits.rename_node(p, "Lists", "Lists"),
        lambda: edits.place_case(p, "ways", "gardener", "Regular"),
        lambda: edits.set_facet(p, "Locked out", "where", "outside"),
        lambda: edits.change_person(p, "anna", "role", "coder"),
        lambda: edits.change_setting(p, "title", "The garden"),
        lambda: edits.set_attribute(p, "gardener", "plot", "12"),
        lambda: edits.assign_case(p, "gardener", "gardener"),
        lambda: edits.finish(p, "first", ["group"]),
    ):
        do()
        assert (garden.acts(), p.did) == (acts, "")
