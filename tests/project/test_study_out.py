"""A project written as a study: what comes back is what was there, or the report says so."""

import hashlib
import itertools
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import builders
import pytest
from acts import ACTS, Chooser
from builders import BO, GARDENER, Garden
from hypothesis import Phase, given
from hypothesis import strategies as st
from likeness import differing, plain
from sample_studies import ALL as SAMPLES
from sample_studies import sample as built_sample
from trying import often, some

from workbench.errors import CannotWrite, Refused, WorkbenchError
from workbench.model.report import ImportReport
from workbench.project import edits, reproducing, studies, views
from workbench.project.door import Project, create
from workbench.project.edits.refs import Refs
from workbench.project.reproducing import Reproduction
from workbench.store import history

SAID = {
    "transcript": {"names of transcripts", "fields of headers"},
    "transcript_version": {"names of transcripts", "turns of a transcript"},
    "cell": {"states of cells", "marks of cells"},
    "memo": {"memos", "anchors of memos"},
    "memo anchor": {"memos", "anchors of memos"},
    "node_edge": {"steps up a ladder"},
    "node_statement": {"feeds of nodes", "origins of statements"},
    "statement_evidence": {"statements", "pieces of evidence", "origins of codings"},
    "link_evidence": {"links", "pieces of evidence", "origins of codings"},
    "finding_evidence": {"findings", "evidence of findings", "origins of codings"},
    "attendance": {"meetings", "people present"},
    "decision_record": {"meetings"},
    "node": {"nodes"},
    "setting": {"settings"},
    "coding": {"codings", "origins of codings"},
    "statement": {"statements", "origins of statements"},
    "adoption": {"adopted steps"},
    "round_run": {"rounds"},
    "round_transcript": {"rounds"},
    "charting_round": {"rounds of charting"},
    "charting_round_cell": {"rounds of charting"},
    "own_cell": {"own cells"},
    "own_statement": {"own cells"},
    "own_evidence": {"own cells"},
    "cell_decision": {"cell decisions"},
    "decided_statement": {"cell decisions"},
}
"""Table → what a report calls its rows, where that is not the table's own name in the plural."""


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a study by their paths, without what it says of itself."""
    found = (f for f in folder.rglob("*") if f.is_file() and f.name != "manifest.json")
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in found}


def exported(project: Project, folder: Path) -> ImportReport:
    """Export a project, and prove that its folder reproduces itself."""
    report = project.export_study(folder)
    proven(folder, reproducing.reproduce(folder))
    return report


def there_and_back(project: Project, folder: Path, again: Project) -> ImportReport:
    """Export a project, build another from the folder, and prove that that reproduces it."""
    report, refs = project.export_study(folder), Refs()
    title = studies.build(again, folder, refs=refs).source
    proven(folder, reproducing.told(again, folder, title, refs))
    return report


def proven(folder: Path, done: Reproduction) -> None:
    """Prove what must always be so of the folder that a project was exported to."""
    assert studies.is_study(folder)
    assert done.reproduces, (done.broken, done.passed_over, done.account.differing)
    assert set(done.cells["verdict"]) == {"equal"}


@pytest.fixture(scope="module", params=some(SAMPLES), ids=lambda s: s.name)
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Project, Project, ImportReport]]:
    """A folder with a sample's export, the project it is of, and the project rebuilt from it."""
    home = tmp_path_factory.mktemp("sample")
    built = built_sample(tmp_path_factory, request.param.name)
    with (
        built.copy(home / "a.fwb") as first,
        create(home / "b.fwb", who="ingrid") as second,
    ):
        report = there_and_back(first, home / "out", second)
        yield home, first, second, report


def test_a_sample_study_comes_back_whole(sample) -> None:
    _, first, second, report = sample
    assert {k: v for k, v in plain(first).items() if sum(v.values())}
    assert differing(first, second) == {}
    assert report.left_out == []
    assert report.guesses == []


def test_the_frames_of_a_sample_are_the_same_but_for_ids(sample) -> None:
    _, first, second, _ = sample
    for name in views.frameworks(first)["name"] + "@" + views.frameworks(first)["version"]:
        if not views.runs(first)["framework"].eq(name).any():
            continue
        for values in ("statements", "counts", "characters", "states"):
            one, other = (p.chart(name, values=values) for p in (first, second))
            assert one.to_dict() == other.to_dict()
        one, other = (views.states(p, name).drop(columns=["case_id"]) for p in (first, second))
        assert one.to_dict() == other.to_dict()
    assert (
        views.cases(first)
        .drop(columns="case_id")
        .equals(views.cases(second).drop(columns="case_id"))
    )


def test_exporting_what_was_rebuilt_writes_the_same_files(sample) -> None:
    home, _, second, _ = sample
    second.export_study(home / "again")
    assert files(home / "again") == files(home / "out")


def test_a_transcript_keeps_the_file_that_it_came_from(sample) -> None:
    home, _, _, _ = sample
    out = files(home / "out")
    assert [name for name in out if name.startswith("transcripts/")]
    source = next(s for s in SAMPLES if (s / "study.yaml").exists() and _same_names(s, out))
    for file in (source / "transcripts").iterdir():
        assert out[f"transcripts/{file.name}"] == file.read_bytes()


def _same_names(study: Path, out: dict[str, bytes]) -> bool:
    return all(f"transcripts/{f.name}" in out for f in (study / "transcripts").iterdir())


def test_the_garden_comes_back_whole_but_for_what_every_study_says(
    garden: Garden, tmp_path: Path
) -> None:
    with create(tmp_path / "again.fwb", who="anna") as again:
        report = there_and_back(garden.project, tmp_path / "out", again)
        assert report.left_out == []
        (only_there,) = differing(garden.project, again).items()
        assert only_there[0] == "setting"
        gone, come = only_there[1]
        assert not gone
        assert {dict(row)["key"] for row in come} == {"method", "stages"}
    assert report.notes == [
        f"Not in a study: the history ({garden.acts()} acts), who wrote each statement, node and "
        "link, and what was withdrawn."
    ]


def test_what_the_garden_writes_is_what_a_person_would_have_written(
    garden: Garden, tmp_path: Path
) -> None:
    garden.project.export_study(tmp_path / "out")
    out = {k: v.decode("utf-8-sig") for k, v in files(tmp_path / "out").items()}
    assert out["cases.csv"] == (
        "case,transcript,speaker,plot,member\n"
        "gardener,gardener,,12,yes\n"
        "group: Anna,group,Anna,3,\n"
        "group: Bo,group,Bo,,\n"
    )
    assert out["codings.csv"].splitlines()[:3] == [
        "ref,transcript,code,quote,coder,run",
        "c1,gardener,1.1,The quiet. On a bad day I come here 🌱 and it helps.,anna,first",
        "c2,gardener,1.2,Rain keeps me away.,anna,first",
    ]
    assert out["cells.csv"] == (
        "case,code,mark,framework\n"
        "gardener,1.1,reviewed,garden@1\n"
        "gardener,2.2,not asked,garden@1\n"
        "group: Anna,2.2,nothing said,garden@1\n"
    )
    assert out["ladder.csv"] == (
        "ref,level,label,ladder,parents,statements\n"
        "n1,theme,Access,findings,,\n"
        "n2,category,Weather and locks,findings,n1,\n"
        "n3,element,Locked out,findings,n2,s2; s3\n"
        "n4,element,Lists,findings,,s4\n"
        "n5,,Use of the garden,findings,,\n"
    )
    assert out["links.csv"] == (
        "ref,source,target,sign,basis,for,against\nl1,n3,n5,−,participant,c2; c3,c6\n"
    )
    assert out["memos.csv"] == (
        "kind,text,person,anchor\nanalytic,Who keeps the list?,anna,case:group: Bo\n"
    )
    assert out["transcripts/group.txt"] == builders.GROUP
    assert "register.csv" not in out
    assert "spans.csv" not in out


def test_a_few_own_figures_are_printed_and_sealed(garden: Garden, tmp_path: Path) -> None:
    garden.project.export_study(tmp_path / "out")
    done = reproducing.reproduce(tmp_path / "out")
    cells = done.cells.set_index("cell")["published"]
    assert cells[["cases-1", "codes-1", "charted-1", "links-1"]].tolist() == ["3", "4", "4", "1"]
    assert cells["climb-1"] == "3 → 2 → 1 → 1"
    sealed = (tmp_path / "out" / "published" / "charting.csv").read_text("utf-8-sig")
    assert "charted-1,garden@1,charted cells,4,charted,framework=garden@1,5 " in sealed


# --- what a study cannot say ---------------------------------------------------------


def _twice(garden: Garden) -> None:
    """Give words of a range to a case, and one word that stands in two places a code."""
    p = garden.project
    edits.assign_case(p, "Passer-by", "group", start=3, stop=30)
    place = builders.GROUP.index("Rain")
    edits.code(p, "group", place, place + 4, "1.1", coder="bo")
    edits.code_quote(p, "group", "Two people", "2.1", coder="bo", uncertain=True)
    again = builders.GROUP.rindex("list")
    edits.code(p, "group", again, again + 4, "2.1", coder="bo")
    edits.code(p, "group", 0, 3, "2.1", coder="bo")  # ends in a blank: no quote finds that


def test_ranges_of_a_case_and_words_that_stand_twice_come_back(
    garden: Garden, tmp_path: Path
) -> None:
    _twice(garden)
    with create(tmp_path / "again.fwb", who="anna") as again:
        report = there_and_back(garden.project, tmp_path / "out", again)
        assert set(differing(garden.project, again)) == {"setting"}
    assert [o for o in report.left_out if o.what != "states of cells"] == []
    out = {k: v.decode("utf-8-sig") for k, v in files(tmp_path / "out").items()}
    assert out["spans.csv"] == "case,transcript,start,stop\nPasser-by,group,3,30\n"
    assert ",group,2.1,list,0" not in out["codings.csv"]
    assert "group,2.1,I: ,0,3,,,bo," in out["codings.csv"]


def test_headers_roles_types_and_other_ladders_come_back(garden: Garden, tmp_path: Path) -> None:
    p = garden.project
    edits.change_header(p, "group", "date", "2024-05-06")
    edits.change_header(p, "group", "duration_minutes", "41.5")
    edits.change_header(p, "gardener", "order_number", "2")
    edits.set_speaker_role(p, "group", "Bo", "interviewer")
    edits.set_attribute(p, BO, "number", "12", kind="text")
    edits.add_ladder(p, "second", template="elo-kyngas", objective="Another reading")
    edits.add_memo(p, "Here.", anchor="transcript_version", anchor_id=_text_id(p), start=3, stop=9)
    edits.add_memo(p, "This.", anchor="coding", anchor_id=garden.codings["rain"])
    edits.add_memo(p, "That.", anchor="statement", anchor_id=garden.statements["gate"])
    edits.add_memo(p, "Those.", anchor="link", anchor_id=garden.link)
    edits.quote_in_report(p, garden.codings["rain"], number=3, node="Locked out", speaker="P; 1")
    edits.record_count(p, "letters", 5, {"month": "2022-10", "centre": "A; B"})
    with create(tmp_path / "again.fwb", who="anna") as again:
        report = there_and_back(p, tmp_path / "out", again)
        assert report.left_out == []
        assert set(differing(p, again)) == {"setting"}


def test_levels_with_own_names_come_back(garden: Garden, tmp_path: Path) -> None:
    p = garden.project
    edits.change_setting(p, "method", "finding / pattern / domain / message")
    edits.change_setting(p, "colours", "muted")
    edits.change_ladder(p, "findings", template="theme / category / dimension / element")
    edits.add_ladder(p, "second", template="graneheim-lundman")
    edits.add_node(p, "Money", 3, ladder="second")
    with create(tmp_path / "again.fwb", who="anna") as again:
        report = there_and_back(p, tmp_path / "out", again)
        assert report.left_out == []
        (only_there,) = differing(p, again).items()
        assert [dict(row)["key"] for row in only_there[1][1]] == ["stages"]


def _text_id(p: Project) -> str:
    rows = builders.live(p)["transcript_version"]
    return next(str(r["id"]) for r in rows if r["source_name"] == "gardener.txt")


ODD = (
    'Semi; colon "quoted", comma\nand a line, # no comment',
    "=1+1",
    "'yes'",
    "- emoji 🌱🌱 é\there\u2028ends in colon:",
)


def _write_everywhere(p: Project, garden: Garden, odd: str, number: int) -> None:
    """Write a text wherever a researcher can write one."""
    edits.change_setting(p, "objective", odd)
    edits.add_person(p, f"zoe{number}", name=odd)
    edits.add_cases(p, {odd: {f"nickname {number}": odd}})
    edits.write_statement(p, BO, "2.2", odd)
    edits.add_ladder(p, odd, objective=odd)
    edits.add_node(p, odd, 5, ladder=odd, note=odd)
    edits.add_node(p, f"{odd}!", 2, ladder=odd, under=[odd], statements=[garden.statements["list"]])
    edits.set_facet(p, "Lists", odd, odd, basis=odd)
    edits.add_memo(p, odd, title=odd, anchor="case", anchor_id=builders._case_id(p, odd))
    edits.record_decision(p, odd, odd, present=[f"zoe{number}"])
    edits.log_reading(p, "group", note=odd)
    edits.start_run(p, odd, "garden@1")
    edits.record_count(p, odd, 1, {"month": odd})


def test_odd_text_comes_back_letter_by_letter(garden: Garden, tmp_path: Path) -> None:
    p = garden.project
    for number, odd in enumerate(ODD):
        _write_everywhere(p, garden, odd, number)
    ends = itertools.permutations(("Lists", "Access", "Weather and locks"), 2)
    codings = sorted(garden.codings.values())
    for odd, (source, target), coding in zip(ODD, ends, codings, strict=False):
        edits.add_link(p, source, target, "+", basis=["authors"], relation=odd, note=odd)
        edits.decide(p, "first", coding, "kept", odd)
    with create(tmp_path / "again.fwb", who="anna") as again:
        report = there_and_back(p, tmp_path / "out", again)
        lost = [o.what for o in report.left_out]
        assert lost == []
        assert set(differing(p, again)) == {"setting"}
        again.export_study(tmp_path / "second")
    assert files(tmp_path / "second") == files(tmp_path / "out")


def _left_out(report: ImportReport) -> dict[str, int]:
    found: dict[str, int] = {}
    for o in report.left_out:
        found[o.what] = found.get(o.what, 0) + o.count
    return found


def test_what_rests_on_a_withdrawn_coding_is_told(garden: Garden, tmp_path: Path) -> None:
    p = garden.project
    edits.add_memo(p, "Of this.", anchor="coding", anchor_id=garden.codings["list"])
    edits.withdraw_coding(p, garden.codings["list"])
    report = exported(p, tmp_path / "out")
    assert _left_out(report) == {
        "statements": 1,
        "anchors of memos": 1,
        "feeds of nodes": 1,
        "memos": 1,
        "states of cells": 1,
    }
    assert any("withdrawn" in o.why for o in report.left_out)


def test_codings_that_wait_for_a_place_are_told(garden: Garden, tmp_path: Path) -> None:
    """Without them a statement, its cell, its node and the review of another cell do not go out."""
    text = GARDENER.replace("The quiet. On", "Quiet. On")
    edits.correct_transcript(garden.project, "gardener", builders.incoming("gardener", text))
    report = exported(garden.project, tmp_path / "out")
    told = [(o.count, o.where) for o in report.left_out if o.what == "codings"]
    assert told == [(1, ("codings.csv",))]
    assert _left_out(report)["earlier versions of transcripts"] == 1
    assert not {"spans of cases", "finished transcripts"} & _left_out(report).keys()


def test_steps_that_were_adopted_later_are_told(garden: Garden, tmp_path: Path) -> None:
    edits.add_framework(garden.project, builders.version(number="9"))
    edits.adopt_steps(garden.project, "garden@1", "garden@9")
    assert _left_out(exported(garden.project, tmp_path / "out"))["adopted steps"] == 1


def test_rounds_are_told_and_their_runs_go_out(garden: Garden, tmp_path: Path) -> None:
    edits.plan_round(garden.project, "pilot", ["anna", "bo"], number=1, blind=False)
    assert _left_out(exported(garden.project, tmp_path / "out")) == {"rounds": 1}


def test_where_codings_were_carried_from_is_told(garden: Garden, tmp_path: Path) -> None:
    edits.begin_draft(garden.project, "garden@1", "2")
    edits.add_code(garden.project, "garden@2", "Beds", category="Sharing")
    edits.migrate(garden.project, "first", "garden@2", name="second")
    carried = [c for c in garden.live()["coding"] if c["from_id"]]
    told = _left_out(exported(garden.project, tmp_path / "out"))
    assert told["origins of codings"] == len(carried) > 5
    assert {"runs", "origins of statements"} <= told.keys()


def test_line_ends_and_blanks_that_tables_do_not_keep_are_told(
    garden: Garden, tmp_path: Path
) -> None:
    edits.add_memo(garden.project, "one\r\ntwo", title=" Gate ")
    report = exported(garden.project, tmp_path / "out")
    assert [g.where for g in report.guesses] == [("memos.csv, 2 fields",)]
    assert _left_out(report) == {"memos": 1}


def test_a_stale_cell_and_reasons_of_the_climb_are_told(garden: Garden, tmp_path: Path) -> None:
    edits.connect(garden.project, "Lists", "Access", reason="It opens doors.")
    edits.code_quote(garden.project, "gardener", "nobody has a key", "1.2")
    report = exported(garden.project, tmp_path / "out")
    assert _left_out(report) == {"steps up a ladder": 1, "states of cells": 1}


def test_a_group_with_a_semicolon_and_a_cell_a_memo_is_about_are_told(
    garden: Garden, tmp_path: Path
) -> None:
    p = garden.project
    edits.add_link(p, "Lists", "Access", "+", basis=["authors"], groups=["a;b", "c"])
    cell = builders.live(p)["cell"][0]["id"]
    edits.add_memo(p, "Of a cell.", anchor="cell", anchor_id=cell)
    report = exported(p, tmp_path / "out")
    assert _left_out(report) == {
        "groups of a link": 1,
        "anchors of memos": 1,
        "links": 1,
        "memos": 1,
    }


NAMES = ("a/b", "README", ".hidden", "semi;colon", "x" * 300, "two\nlines", "P1.vtt", " ends ")


def test_a_transcript_of_any_name_finds_a_file(garden: Garden, tmp_path: Path) -> None:
    for n, name in enumerate((*NAMES, "Gardener", "a-b")):
        builders.bring(garden.project, (name, f"I: Why?\nCara: So it is, {n}.\n"))
        edits.code_quote(garden.project, name, f"So it is, {n}.", "1.1")
    with create(tmp_path / "again.fwb") as again:
        report = there_and_back(garden.project, tmp_path / "out", again)
        quotes = {c["quote"] for c in builders.live(again)["coding"]}
    assert _left_out(report)["names of transcripts"] == 7
    told = {f.stem for f in (tmp_path / "out" / "transcripts").iterdir()}
    assert {"semi;colon", "P1.vtt", "a-b", "a-b 2", "two-lines", "ends"} <= told
    assert {f"So it is, {n}." for n in range(10)} <= quotes


def test_attributes_that_differ_in_capitals_only_do_not_share_a_column(
    garden: Garden, tmp_path: Path
) -> None:
    edits.add_cases(garden.project, {BO: {"Plot": "9", "transcript": "x", "two  blanks": "y"}})
    report = exported(garden.project, tmp_path / "out")
    assert _left_out(report)["attributes"] == 3


# --- acts at random --------------------------------------------------------------------


@often(9, phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_whatever_was_done_comes_back_or_is_told(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        garden = builders.copy(folder / "garden.fwb")
        with garden.project, create(folder / "again.fwb", who="anna") as again:
            for act in data.draw(st.lists(st.sampled_from(ACTS), min_size=3, max_size=20)):
                try:
                    act(Chooser(garden, garden.live(), data))
                except WorkbenchError:
                    continue
            report = there_and_back(garden.project, folder / "out", again)
            told = {o.what for o in report.left_out}
            for table in set(differing(garden.project, again)) - {"setting"}:
                names = SAID.get(table, {f"{table}s".replace("_", " ")})
                assert names & told, (table, told)
            again.export_study(folder / "second")
            assert files(folder / "second") == files(folder / "out")


# --- refusals --------------------------------------------------------------------------


def test_a_folder_that_holds_something_is_left_alone(garden: Garden, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(CannotWrite, match="is not empty"):
        garden.project.export_study(tmp_path / "out")
    with pytest.raises(CannotWrite, match="a file stands there"):
        garden.project.export_study(tmp_path / "out" / "mine.txt")
    assert files(tmp_path / "out") == {"mine.txt": b"mine"}


def test_a_project_without_transcripts_is_no_study_and_leaves_nothing(tmp_path: Path) -> None:
    with create(tmp_path / "empty.fwb") as empty, pytest.raises(Refused, match="no transcript"):
        empty.export_study(tmp_path / "deep" / "out")
    assert [f.name for f in (tmp_path / "deep").iterdir()] == []


def test_an_empty_folder_is_taken(garden: Garden, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    garden.project.export_study(tmp_path / "out")
    assert (tmp_path / "out" / "study.yaml").is_file()
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


def test_a_study_says_of_which_project_it_was_written_and_what_is_not_in_it(
    garden: Garden, tmp_path: Path
) -> None:
    edits.add_finding(garden.project, "Rain", node="Access")
    report = garden.project.export_study(tmp_path / "out")
    told = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert (told["project"], told["what"], told["framework"]) == ("The garden", "study", "")
    with garden.project.reading() as connection:
        assert told["act"] == history.newest(connection)
    of_each = [
        [path, hashlib.sha256(content).hexdigest()]
        for path, content in sorted(files(tmp_path / "out").items())
    ]
    said = json.dumps(of_each, separators=(",", ":")).encode()
    assert told["sha256"] == hashlib.sha256(said).hexdigest()
    (finding,) = report.left_out
    assert told["left_out"] == [f"1 finding: {finding.why}.", report.notes[-1]]


def test_a_study_is_built_with_its_manifest_or_without(garden: Garden, tmp_path: Path) -> None:
    garden.project.export_study(tmp_path / "out")
    with create(tmp_path / "with.fwb") as project:
        with_it = studies.build(project, tmp_path / "out")
    (tmp_path / "out" / "manifest.json").unlink()
    with create(tmp_path / "without.fwb") as project:
        assert studies.build(project, tmp_path / "out") == with_it
    assert with_it.left_out == []


def test_findings_and_verifications_are_told_to_be_left_out(garden: Garden, tmp_path: Path) -> None:
    edits.add_finding(garden.project, "Rain", node="Access")
    edits.cite_for_finding(garden.project, "Rain", [garden.codings["rain"], garden.codings["gate"]])
    edits.verify(garden.project, garden.codings["rain"], finding="Rain")
    report = exported(garden.project, tmp_path / "out")
    assert _left_out(report) == {"findings": 1, "evidence of findings": 2, "verifications": 1}
