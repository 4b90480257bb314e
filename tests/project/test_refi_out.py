"""A project written in REFI-QDA: what other tools get, what comes back, and what is told."""

import hashlib
import json
import zipfile
from pathlib import Path

import builders
import pytest
from builders import ANNA, BO
from likeness import differing, plain
from lxml import etree
from refi_files import g
from refi_round import only_what_is_told_differs, there_and_back
from sample_studies import ALL as SAMPLES
from sample_studies import sample as built_sample
from trying import some

from workbench.errors import AmbiguousName, Refused, UnknownName
from workbench.formats.refi import checker, codebook
from workbench.model.framework import Category, Code, FrameworkVersion
from workbench.project import edits, imports, refi_out, views
from workbench.project.door import create
from workbench.store import records


def entry(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


@pytest.fixture
def again(tmp_path):
    with create(tmp_path / "again.fwb", who="zoe") as project:
        yield project


def test_a_project_comes_back_but_for_what_is_told(garden, tmp_path, again) -> None:
    told = there_and_back(garden.project, tmp_path, again)
    only_what_is_told_differs(garden.project, again, told)
    lost = set(differing(garden.project, again))
    assert lost == {
        *("ladder", "node", "node_edge", "node_statement", "facet", "typology", "dimension"),
        *("case_type", "placement", "link", "link_evidence", "decision_record", "attendance"),
        "reading",
    }
    here, there = views.states(garden.project), views.states(again)
    assert here["state"].tolist() == there["state"].tolist()
    assert {"reviewed", "charted", "not asked"} < set(here["state"])


def test_a_project_on_either_database_comes_back(anywhere, tmp_path, again) -> None:
    told = there_and_back(anywhere.project, tmp_path, again)
    only_what_is_told_differs(anywhere.project, again, told)
    report = imports.import_files(anywhere.project, [tmp_path / "out.qdpx"])
    assert "codings" not in {what for what, number in report.counts.items() if number}
    assert anywhere.project.check() == []


@pytest.mark.parametrize("name", [s.name for s in some(SAMPLES, 1)])
def test_a_sample_study_comes_back_framework_by_framework(
    tmp_path_factory, tmp_path, name, shared
) -> None:
    xsd = etree.XMLSchema(file=shared / "refi" / "Project.xsd")
    built, coded = built_sample(tmp_path_factory, name), False
    with built.copy(tmp_path / "a.fwb") as first:
        for number, reference in enumerate(
            views.frameworks(first)["name"] + "@" + views.frameworks(first)["version"]
        ):
            with create(tmp_path / f"{number}.fwb", who="zoe") as second:
                told = there_and_back(first, tmp_path, second, framework=reference)
                only_what_is_told_differs(first, second, told)
                assert xsd.validate(checker.opened(tmp_path / "out.qdpx").root)
                one, other = (views.states(p, reference)["state"] for p in (first, second))
                assert one.tolist() == other.tolist()
                coded |= bool(plain(second)["coding"])
        assert coded


def test_the_same_project_gives_the_same_bytes(garden, tmp_path) -> None:
    for name in ("b.qdpx", "c.qdpx"):
        garden.project.export(tmp_path / name)
    assert (tmp_path / "b.qdpx").read_bytes() == (tmp_path / "c.qdpx").read_bytes()


def test_the_manifest_says_what_of_which_version_went_and_what_did_not(garden, tmp_path) -> None:
    path = tmp_path / "out.qdpx"
    said = garden.project.export(path, runs=["first"], framework="garden")
    manifest = json.loads(entry(path, "framework-workbench/manifest.json"))
    (version,) = garden.live()["framework_version"]
    assert manifest["framework"] == "garden@1"
    assert manifest["framework sha256"] == version["sha256"] != ""
    assert manifest["filters"] == {"framework": "garden", "runs": ["first"]}
    assert manifest["made by"] == "Framework Workbench 0.1.0"
    assert manifest["counts"]["codings"] == 7
    with zipfile.ZipFile(path) as archive:
        hashes = {n: hashlib.sha256(archive.read(n)).hexdigest() for n in archive.namelist()}
    del hashes["framework-workbench/manifest.json"]
    assert manifest["sha256"] == hashes
    assert len(hashes) == 4
    assert {o["what"] for o in manifest["left_out"]} == {
        *("ladders", "nodes", "typologies", "placements", "links", "facets", "meetings"),
        *("readings", "original files"),
    }
    assert said[0].splitlines()[:2] == [
        "out.qdpx: 2 transcripts, 3 cases, 2 attributes, 4 codes, 7 codings, 6 statements, 1 memo.",
        "  Left out: 1 ladder: REFI-QDA has nothing like them.",
    ]


def test_letters_beyond_the_basic_plane_are_warned_of(garden, tmp_path, again) -> None:
    (said,) = garden.project.export(tmp_path / "out.qdpx")
    assert "Texts with emoji or other letters beyond the basic plane: 1." in said
    builders.bring(again, ("plain", "I: Well?\nKari: Ærlig talt."))
    (said,) = again.export(tmp_path / "plain.qdpx")
    assert "beyond the basic plane" not in said


def test_a_cell_is_a_note_at_its_case_with_statements_as_people_read_them(garden, tmp_path) -> None:
    garden.project.export(tmp_path / "out.qdpx")
    root = checker.opened(tmp_path / "out.qdpx").root
    ns = {"p": "urn:QDA-XML:project:1.0"}
    notes = {n.get("name"): n for n in root.iterfind(".//p:Note", ns)}
    assert set(notes) == {
        "",
        "gardener × Reasons to come",
        "gardener × Barriers",
        "gardener × Tools",
        f"{ANNA} × Shared work",
        f"{ANNA} × Tools",
        f"{BO} × Shared work",
    }
    barriers = notes["gardener × Barriers"]
    assert barriers.findtext("p:PlainTextContent", None, ns) == (
        "“Rain keeps me away.”\nA locked gate shuts people out."
    )
    said = notes["gardener × Tools"].findtext("p:PlainTextContent", None, ns)
    assert said == "(not asked)"
    case = root.find(".//p:Case[@name='gardener']", ns).get("guid")
    links = {(e.get("originGUID"), e.get("targetGUID")) for e in root.iterfind(".//p:Link", ns)}
    assert (case, barriers.get("guid")) in links
    assert len(links) == 7


def test_without_what_is_kept_beside_the_cells_are_memos_of_their_cases(
    garden, tmp_path, again
) -> None:
    garden.project.export(tmp_path / "out.qdpx")
    with (
        zipfile.ZipFile(tmp_path / "out.qdpx") as whole,
        zipfile.ZipFile(tmp_path / "bare.qdpx", "w") as bare,
    ):
        for name in whole.namelist():
            if not name.startswith("framework-workbench/"):
                bare.writestr(name, whole.read(name))
    report = imports.import_files(again, [tmp_path / "bare.qdpx"])
    rows = builders.live(again)
    memos = {m["title"]: (m["anchor"], m["text"]) for m in rows["memo"]}
    assert memos["gardener × Reasons to come"] == ("case", "The garden helps on bad days.")
    assert (len(memos), len(rows["cell"]), report.counts["codings"]) == (7, 0, 7)
    assert [f["name"] for f in rows["framework"]] == ["the-garden"]


def changed(path: Path, **replaced: tuple[str, str]) -> Path:
    """Write an archive again with something replaced in the XML or in what is kept beside."""
    out = path.with_name("changed.qdpx")
    names = {"xml": "project.qde", "kept": "framework-workbench/project.json"}
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(out, "w") as other:
        for name in whole.namelist():
            content = whole.read(name)
            for which, (before, after) in replaced.items():
                if names[which] == name:
                    assert before.encode() in content, before
                    content = content.replace(before.encode(), after.encode())
            other.writestr(name, content)
    return out


@pytest.fixture
def out(garden, tmp_path):
    garden.project.export(tmp_path / "out.qdpx")
    return tmp_path / "out.qdpx"


def test_what_somebody_changed_elsewhere_is_as_it_is_there(out, again) -> None:
    path = changed(out, xml=('name="gardener">', 'name="Kari">'))
    imports.import_files(again, [path])
    rows = builders.live(again)
    assert sorted(c["label"] for c in rows["case"]) == ["Kari", ANNA, BO]
    assert len(rows["statement"]) == 6


def test_a_note_of_a_cell_that_was_changed_elsewhere_comes_as_a_memo_too(out, again) -> None:
    path = changed(out, xml=("The garden helps on bad days.", "It helps."))
    imports.import_files(again, [path])
    rows = builders.live(again)
    assert "It helps." in {m["text"] for m in rows["memo"]}
    assert "The garden helps on bad days." in {s["text"] for s in rows["statement"]}


def test_codes_that_were_renamed_elsewhere_are_a_framework_of_their_own(out, again) -> None:
    path = changed(out, xml=('name="Barriers"', 'name="Hurdles"'))
    report = imports.import_files(again, [path])
    rows = builders.live(again)
    assert "Hurdles" in {c["name"] for c in rows["code_version"]}
    assert [f["name"] for f in rows["framework"]] == ["the-garden"]
    assert [v["state"] for v in rows["framework_version"]] == ["draft"]
    assert len(rows["statement"]) == 6
    assert any(note.startswith("The codes are not those") for note in report.notes)
    assert again.check() == []


def test_statements_whose_codings_were_taken_out_elsewhere_stay_away(out, again, garden) -> None:
    own = garden.codings["quiet"].upper()
    with zipfile.ZipFile(out) as archive:
        xml = archive.read("project.qde").decode()
    start = xml.index(f'<Coding guid="{own}"')
    gone = xml[start : xml.index("</Coding>", start) + len("</Coding>")]
    report = imports.import_files(again, [changed(out, xml=(gone, ""))])
    left_out = {(o.what, o.why): o.count for o in report.left_out}
    why = "what they rest on did not come in, or is not of the case's words"
    assert left_out["statements", why] == 1
    assert len(builders.live(again)["statement"]) == 5
    assert again.check() == []


def test_a_verbatim_that_nobody_said_stays_away(out, again) -> None:
    path = changed(out, kept=('"text": "Rain keeps me away."', '"text": "Rain keeps me here."'))
    report = imports.import_files(again, [path])
    why = "the case does not say so, letter by letter, in what they rest on"
    assert [(o.what, o.count) for o in report.left_out if o.why == why] == [("statements", 1)]
    assert again.check() == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"format": 1', '"format": 2'),
        ('"cells"', '"celle"'),
        ('"frameworks"', "}"),
        ('"mark": "not asked"', '"mark": "asked"'),
    ],
)
def test_what_is_damaged_beside_the_standard_is_told_and_the_rest_comes_in(
    out, again, before, after
) -> None:
    report = imports.import_files(again, [changed(out, kept=(before, after))])
    assert any("cannot be read: it is damaged" in note for note in report.notes)
    rows = builders.live(again)
    assert (len(rows["coding"]), len(rows["statement"])) == (7, 0)


def test_it_comes_back_into_the_project_that_it_is_of_and_nothing_is_there_twice(
    garden, out
) -> None:
    before = garden.live()
    report = imports.import_files(garden.project, [out])
    after = garden.live()
    assert {t for t in before if len(before[t]) != len(after[t])} == set()
    assert ("codings", "they are here already", 7) in [
        (o.what, o.why, o.count) for o in report.left_out
    ]
    assert garden.project.check() == []


def test_codings_that_a_colleague_added_come_in_on_the_texts_that_are_here(
    garden, out, again
) -> None:
    imports.import_files(again, [out])
    edits.code_quote(again, "gardener", "Rain keeps me away.", "1.1", coder="zoe", run="first")
    again.export(out)
    report = imports.import_files(garden.project, [out])
    assert report.counts["codings"] == 1
    people = {p["id"]: p["handle"] for p in garden.live()["person"]}
    new = [c for c in garden.live()["coding"] if people[c["person_id"]] == "zoe"]
    assert [(c["quote"], c["run_id"]) for c in new] == [
        ("Rain keeps me away.", garden.live()["run"][0]["id"])
    ]
    assert garden.project.check() == []


def test_one_act_brought_it_back_and_one_undo_takes_it_out(out, again) -> None:
    before = builders.live(again)
    imports.import_files(again, [out])
    assert [a["verb"] for a in again.history()] == ["import refi"]
    again.undo()
    assert builders.live(again) == before


def test_a_run_can_be_written_alone_and_several_are_told(garden, tmp_path) -> None:
    p = garden.project
    edits.start_run(p, "second", "garden@1", kind="independent")
    edits.code_quote(p, "gardener", "The quiet.", "1.1", run="second")
    report = refi_out.export(p, tmp_path / "all.qdpx")
    assert report.counts["codings"] == 8
    assert any("The codings of 2 runs stand side by side" in note for note in report.notes)
    report = refi_out.export(p, tmp_path / "one.qdpx", runs=["second"])
    assert report.counts["codings"] == 1
    assert {o.what: o.count for o in report.left_out}.items() >= {"codings": 7, "runs": 1}.items()
    with pytest.raises(UnknownName, match="no run “third”"):
        refi_out.export(p, tmp_path / "none.qdpx", runs=["third"])


def test_what_xml_has_no_place_for_comes_back_to_the_letter(garden, tmp_path, again) -> None:
    p = garden.project
    edits.set_attributes(p, {"gardener": {"kind": "old\nhand"}}, kinds={"kind": "category"})
    edits.add_cases(p, {"Gardener": {"member": "NO"}})
    edits.describe_transcript(p, "gardener", {"order_number": "3", "duration_minutes": "12.5"})
    edits.change_profile(p, "bo", {"occupation": "Keeper"})
    edits.move_statement(p, garden.statements["gate"], 1)
    edits.start_run(p, "blind one", "garden@1", kind="independent", blind=True, coder="bo")
    for start, stop in ((60, 70), (42, 50), (37, 38)):
        edits.code(p, "gardener", start, stop, "1.1", run="blind one", coder="bo", uncertain=True)
    report = refi_out.export(p, tmp_path / "out.qdpx")
    why = "they have no words, only blanks"
    assert [(o.what, o.count) for o in report.left_out if o.why == why] == [("codings", 1)]
    root = checker.opened(tmp_path / "out.qdpx").root
    starts = [
        [int(e.get("startPosition")) for e in source if "startPosition" in e.attrib]
        for source in root.iterfind(".//{*}TextSource")
    ]
    assert starts == [sorted(of) for of in starts]
    imports.import_files(again, [tmp_path / "out.qdpx"])
    rows = builders.live(again)
    assert {a["name"]: a["type"] for a in rows["attribute"]}["kind"] == "category"
    assert {"old\nhand", "NO", "yes"} <= {v["value"] for v in rows["attribute_value"]}
    assert {"gardener", "Gardener"} <= {c["label"] for c in rows["case"]}
    (header,) = (t for t in rows["transcript"] if t["name"] == "gardener")
    assert (header["order_number"], header["duration_minutes"]) == (3, 12.5)
    people = {q["id"]: q for q in rows["person"]}
    (run,) = (r for r in rows["run"] if r["name"] == "blind one")
    assert (run["blind"], run["kind"], people[run["person_id"]]["occupation"]) == (
        True,
        "independent",
        "Keeper",
    )
    places = {s["text"]: s["position"] for s in rows["statement"]}
    assert places["A locked gate shuts people out."] < places["Rain keeps me away."]
    of_run = [c for c in rows["coding"] if c["run_id"] == run["id"]]
    assert sorted(c["start"] for c in of_run) == [42, 60]
    assert all(c["uncertain"] for c in of_run)
    assert not any(c["uncertain"] for c in rows["coding"] if c["run_id"] != run["id"])


def test_codings_that_were_carried_keep_why_to_look_at_them_and_their_origins_are_told(
    garden, tmp_path, again
) -> None:
    p = garden.project
    edits.begin_draft(p, "garden@1", "2")
    edits.change_code(p, "garden@2", "Tools", definition="Lent ones.")
    edits.migrate(p, "first", "garden@2", name="second")
    report = refi_out.export(p, tmp_path / "out.qdpx", framework="garden@2")
    counts = {o.what: o.count for o in report.left_out}
    assert (counts["origins of codings"], counts["origins of runs"]) == (7, 1)
    assert counts["origins of statements"] == 6
    assert "framework versions" not in counts
    imports.import_files(again, [tmp_path / "out.qdpx"])
    here = {c["quote"]: c["look"] for c in garden.live()["coding"] if c["from_id"]}
    there = {c["quote"]: c["look"] for c in builders.live(again)["coding"]}
    assert here == there
    assert any(here.values())


def test_evidence_that_is_not_in_the_file_is_told_and_its_statements_stay_away(
    garden, tmp_path, again
) -> None:
    p = garden.project
    edits.start_run(p, "second", "garden@1")
    edits.code_quote(p, "gardener", "The quiet.", "1.1", run="second")
    edits.withdraw_coding(p, garden.codings["gate"])
    report = refi_out.export(p, tmp_path / "one.qdpx")
    assert {o.what: o.count for o in report.left_out}["pieces of evidence"] == 1
    report = refi_out.export(p, tmp_path / "out.qdpx", runs=["second"])
    assert {o.what: o.count for o in report.left_out}["pieces of evidence"] == 6
    back = imports.import_files(again, [tmp_path / "out.qdpx"])
    assert {o.what: o.count for o in back.left_out}["statements"] == 5
    assert [s["kind"] for s in builders.live(again)["statement"]] == ["comment"]
    assert again.check() == []


def test_what_is_of_earlier_texts_and_other_frameworks_is_told(garden, tmp_path, again) -> None:
    p = garden.project
    snow = builders.GARDENER.replace("Rain keeps me away.", "Snow holds me up.")
    imports.correct_text(p, "gardener", snow)
    edits.add_framework(p, builders.version("hut"))
    edits.mark_cell(p, "gardener", "2.2", "not asked", framework="hut@1")
    report = refi_out.export(p, tmp_path / "out.qdpx", framework="garden@1")
    told = {(o.what, o.why): o.count for o in report.left_out}
    assert told["earlier texts", "transcripts go out as they are now"] == 1
    assert told["codings", "they wait for a place in a corrected text"] == 1
    assert told["cells", "they are of other framework versions"] == 1
    why = "a file has one, and those before it; export the others with --framework"
    assert told["framework versions", why] == 1
    imports.import_files(again, [tmp_path / "out.qdpx"])
    assert snow in {v["text"] for v in builders.live(again)["transcript_version"]}
    assert again.check() == []


def test_of_two_frameworks_one_must_be_named_and_a_run_of_the_other_is_refused(
    garden, tmp_path
) -> None:
    p = garden.project
    edits.add_framework(p, builders.version("hut"))
    with pytest.raises(AmbiguousName):
        p.export(tmp_path / "out.qdpx")
    with pytest.raises(Refused, match="“first” does not index with hut@1"):
        p.export(tmp_path / "out.qdpx", framework="hut", runs=["first"])
    report = refi_out.export(p, tmp_path / "out.qdpx", framework="hut")
    assert {o.what: o.count for o in report.left_out}["codings"] == 7
    assert list(tmp_path.glob("*.qdpx")) == [tmp_path / "out.qdpx"]


def test_a_project_without_a_framework_is_written_with_its_texts(again, tmp_path) -> None:
    builders.bring(again, ("plain", "I: Well?\nKari: Fine."))
    report = refi_out.export(again, tmp_path / "out.qdpx")
    assert report.counts == {"transcripts": 1, "cases": 1}
    assert checker.faults(checker.opened(tmp_path / "out.qdpx")) == []


def test_what_is_of_a_code_that_the_version_lacks_is_told(garden, tmp_path, again) -> None:
    """No act leaves it so; a file of a broken project is to be sound all the same."""
    (lacking,) = (c["id"] for c in garden.live()["code_version"] if c["name"] == "Barriers")
    with garden.project.acting("break") as act:
        records.withdraw(act, "code_version", [lacking])
    path = tmp_path / "out.qdpx"
    left_out = refi_out.export(garden.project, path).left_out
    why = "their code is not in the framework version"
    assert {(o.what, o.count) for o in left_out if o.why == why} == {("codings", 2), ("cells", 1)}
    assert checker.faults(checker.opened(path)) == []
    report = imports.import_files(again, [path])
    assert (report.counts["codings"], report.counts["statements"]) == (5, 4)
    assert report.left_out == []


def test_memos_keep_what_they_are_about_and_their_kind(garden, tmp_path, again) -> None:
    p, rows = garden.project, garden.live()
    text = next(v["id"] for v in rows["transcript_version"] if v["text"] == builders.GARDENER)
    statement, cell = rows["statement"][0]["id"], rows["cell"][0]["id"]
    (node, *_), (version,) = rows["node"], rows["framework_version"]
    abouts = {
        "project": None,
        "case": rows["case"][0]["id"],
        "code": rows["code"][0]["id"],
        "coding": rows["coding"][0]["id"],
        "cell": cell,
        "statement": statement,
        "node": node["id"],
        "framework_version": version["id"],
        "transcript_version": text,
    }
    for kind, of in abouts.items():
        edits.add_memo(p, f" About\n{kind}.", kind="reflexive", anchor=kind, anchor_id=of)
    where = {"anchor": "transcript_version", "anchor_id": text}
    edits.add_memo(p, "At words.", title=" T ", start=3, stop=9, **where)
    told = there_and_back(p, tmp_path, again)
    assert "anchors of memos" in told
    memos = {m["text"]: m for m in builders.live(again)["memo"]}
    found = {text.removeprefix(" About\n").rstrip("."): m for text, m in memos.items()}
    assert {k: found[k]["anchor"] for k in abouts} == {
        **{k: k for k in abouts},
        "node": "project",
    }
    assert found["cell"]["kind"] == "reflexive"
    one = memos["At words."]
    assert (one["title"], one["start"], one["stop"], one["kind"]) == (" T ", 3, 9, "analytic")


def test_codes_stand_under_codes_and_what_stands_under_nothing_at_the_top() -> None:
    version = FrameworkVersion(
        "f",
        "1",
        (Category(g(1), "1", "Top"), Category(g(2), "1.1", "Inner", parent_id=g(1))),
        (
            Code(g(3), "1.1.1", "In inner", category_id=g(2)),
            Code(g(4), "1.1.1.1", "In code", category_id=g(2), parent_id=g(3)),
            Code(g(5), "2", "Lost", category_id=g(9)),
        ),
    )
    held = refi_out.codes.codes(version)
    assert [(c.name, c.parent, c.codable) for c in held] == [
        ("Top", "", False),
        ("Inner", g(1), False),
        ("In inner", g(2), True),
        ("In code", g(3), True),
        ("Lost", g(9), True),
    ]


def test_a_framework_goes_out_as_a_codebook_and_says_what_that_cannot_hold(
    garden, tmp_path, shared
) -> None:
    p, path = garden.project, tmp_path / "garden.qdc"
    edits.begin_draft(p, "garden@1", "2")
    edits.change_code(p, "garden@2", "1.1", use_when="They say why.")
    (said,) = p.export(path, framework="garden@2")
    assert said.splitlines()[0] == "garden.qdc: 2 categories, 4 codes."
    root = etree.parse(path).getroot()
    assert etree.XMLSchema(file=shared / "refi" / "Codebook.xsd").validate(root)
    held = codebook.read(path)
    assert [(c.name, c.codable) for c in held.codes] == [
        ("Coming", False),
        ("Reasons to come", True),
        ("Barriers", True),
        ("Sharing", False),
        ("Shared work", True),
        ("Tools", True),
    ]
    assert held.codes[1].description == (
        "What people say about reasons to come.\n\nUse it when: They say why."
    )
    assert "6 numbers" in said
    assert "stand in its description: 1" in said
    edits.begin_framework(p, "bare")
    with pytest.raises(Refused, match="bare@1 has no codes"):
        p.export(path, framework="bare@1")
