"""Once the earlier texts are sealed or removed, no name of the key is anywhere in the project."""

import contextlib
import functools
import io
import json
import shutil
import sqlite3
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import builders
import psycopg
import pytest
import sqlalchemy as sa
from builders import GARDENER, Garden

from workbench.errors import BadFile, BadValue, CannotWrite, NoWayBack, ProjectBusy, Refused
from workbench.formats import keyfile, transcripts
from workbench.formats.keyfile import KeyRow
from workbench.model.report import ImportReport
from workbench.model.transcript import sha256
from workbench.project import backups, edits, originals, pseudonyms
from workbench.project.door import Project, open_project
from workbench.project.edits.pseudonyms import Chosen
from workbench.project.edits.transcripts import Incoming
from workbench.store import engine

ASE, VIK, LOM = "Åselill", "Torvald Vik", "Lomseter"
NAMES = (ASE, VIK, LOM)
SAID = f"""\
I: Who is with you?
{ASE}: My brother {VIK}. We live at {LOM}.
I: And then?
{ASE}: {VIK}s dog comes along, and {LOM} is quiet.
"""
BULKY = ("transcript_version", "original", "verification")
"""Tables with rows that live and lose something."""
SECRET = "a tree in the yard"  # noqa: S105


@dataclass
class Study:
    """A project whose whole past holds the names, its folder, and its key."""

    garden: Garden
    folder: Path

    @property
    def project(self) -> Project:
        return self.garden.project

    @property
    def key(self) -> Path:
        return self.folder / "names.key"

    @property
    def name(self) -> str:
        return originals.name_of(self.project)


@functools.cache
def document(author: str) -> bytes:
    """Return a docx of the words “Quiet here.” whose properties name its author."""
    held = io.BytesIO()
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        box.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>',
        )
        box.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>Quiet here.</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
        box.writestr("docProps/core.xml", f"<author>{author} {VIK}</author>" * 20)
    return held.getvalue()


def live_through(g: Garden, folder: Path) -> None:
    """Have names come into every corner of a project, and take them out of what lives now."""
    p = g.project
    builders.bring(p, (ASE, SAID))
    content = document(LOM)
    read = transcripts.read(content, "quiet.docx")
    edits.import_transcripts(
        p, [Incoming("quiet", read, content, "quiet.docx")], ImportReport("quiet.docx")
    )
    for words, code in ((f"My brother {VIK}", "1.1"), (f"{LOM} is quiet", "1.2")):
        edits.code_quote(p, ASE, words, code, run="first")
    gone = edits.code_quote(p, ASE, f"{VIK}s dog", "2.1", run="first").coding_id
    edits.withdraw_coding(p, gone)
    edits.rename_case(p, ASE, f"{ASE} ({LOM})")
    p.undo()
    p.redo()
    edits.rename_case(p, f"{ASE} ({LOM})", ASE)
    edits.set_attribute(p, ASE, "home", LOM)
    edits.add_cases(p, {VIK: {}})
    edits.withdraw_case(p, VIK)
    edits.withdraw_memo(p, edits.add_memo(p, f"Ask {ASE}.", title=VIK))
    edits.add_memo(p, f"{ASE} again.")
    edits.write_statement(p, ASE, "1.1", f"{VIK} helps.")
    edits.rename_node(p, "Lists", f"Lists of {VIK}")
    edits.rename_node(p, f"Lists of {VIK}", "Lists")
    edits.change_setting(p, "title", f"At {LOM}")
    edits.change_setting(p, "title", "The garden")
    edits.change_header(p, ASE, "interviewer", VIK)
    edits.begin_draft(p, builders.VERSION, "2")
    edits.change_code(p, "garden@2", "Tools", definition=f"As {ASE} says.")
    edits.change_code(p, "garden@2", "Tools", definition="What is lent.")
    edits.add_node(p, VIK, 5, ladder="findings")
    p.undo()
    edits.verify(p, g.codings["july"])
    edits.verify(p, edits.code_quote(p, ASE, "And then?", "1.1", run="first").coding_id)
    corrected = SAID.replace("quiet", "very quiet")
    edits.correct_transcript(p, ASE, builders.incoming(ASE, corrected), reason=f"{LOM} it is")
    for waiting in p.unplaced()["coding_id"]:
        edits.place_coding(p, waiting, *place(corrected, f"{LOM} is very quiet"))
    edits.code_quote(p, "gardener", "The quiet.", "1.1", coder=f"by {VIK}", run="first")
    p.undo()
    with_a_copy(p, folder)


def place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def with_a_copy(p: Project, folder: Path) -> None:
    """Merge a copy in which names were written and taken back."""
    if not p.store.is_file:
        return
    there = folder / f"{VIK}.fwb"
    backups.make(p, there)
    with open_project(there, who="bo") as copy:
        edits.rename_case(copy, builders.BO, f"{VIK} himself")
        edits.rename_case(copy, f"{VIK} himself", builders.BO)
        edits.add_memo(copy, f"Not {VIK}.")
        edits.merge(p, copy)
    there.unlink()


@pytest.fixture(scope="module")
def lived_through(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A project in a file, closed, to be copied."""
    folder = tmp_path_factory.mktemp("lived through")
    made = made_from(builders.copy(folder / "garden.fwb"), folder)
    made.project.close()
    return made


@pytest.fixture
def study(lived_through: Study, tmp_path: Path) -> Iterator[Study]:
    """A project in a file."""
    for path in (Path(lived_through.project.where), lived_through.key):
        shutil.copy(path, tmp_path)
    with open_project(tmp_path / "garden.fwb", who="anna") as project:
        yield Study(replace(lived_through.garden, project=project), tmp_path)


@pytest.fixture
def study_anywhere(anywhere: Garden, tmp_path: Path) -> Study:
    """A project in a file, and then in a database."""
    return made_from(anywhere, tmp_path)


def leave_traces(connection: Any, _: object) -> None:
    """Have SQLite leave in free space what was written there before."""
    connection.execute("PRAGMA secure_delete = OFF")


def made_from(garden: Garden, folder: Path) -> Study:
    if garden.project.store.is_file:
        garden.project.close()
        sa.event.listen(garden.project.store.engine, "connect", leave_traces)
    live_through(garden, folder)
    made = Study(garden, folder)
    called = (Chosen(ASE, "Liv"), Chosen(VIK, "Per Moe"), Chosen(LOM, "Berg"))
    edits.pseudonymise(made.project, called)
    keyfile.write([KeyRow(n.name, "", n.replacement) for n in called], made.key, SECRET)
    return made


def variants(name: str) -> Iterator[bytes]:
    """Yield the bytes that a name may be in a file, its first word too."""
    for said in (name, name.split()[0], name.upper(), name.lower()):
        for spelled in (said, unicodedata.normalize("NFD", said)):
            yield spelled.encode()
            yield spelled.encode("utf-16-le")
            yield spelled.encode("utf-16-be")
            yield json.dumps(spelled)[1:-1].encode()


def stored(project: Project) -> Iterator[tuple[str, bytes]]:
    """Yield all that a project keeps: its files byte for byte, or every value of a database."""
    where = project.store.engine.url
    if project.store.is_file:
        path = Path(project.where)
        for file in path.parent.glob(f"{path.name}*"):
            yield file.name, file.read_bytes()
        with contextlib.closing(sqlite3.connect(path)) as c:
            for (content,) in c.execute("SELECT content FROM original"):
                yield "original", content
        return
    with psycopg.connect(where.set(drivername="postgresql").render_as_string(False)) as c:
        tables = c.execute(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' OR table_name = 'pg_stats'"
        ).fetchall()
        for place_, table in tables:
            for (row,) in c.execute(f'SELECT x::text FROM "{place_}"."{table}" x'):
                yield table, row.encode()
        for (content,) in c.execute("SELECT content FROM original"):
            yield "original", bytes(content)


def unpacked(content: bytes) -> bytes:
    """Return the bytes, with those inside of a zip where they hold one."""
    at = content.find(b"PK\x03\x04")
    if at < 0:
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content[at:])) as box:
            return content + b"".join(box.read(name) for name in box.namelist())
    except zipfile.BadZipFile:
        return content


def found(project: Project) -> set[tuple[str, str]]:
    """Return (name, where) of every name that is somewhere in what the project keeps."""
    every = [(name, said) for name in NAMES for said in variants(name)]
    return {
        (name, where)
        for where, content in stored(project)
        for name, said in every
        if said in unpacked(content)
    }


def test_before_it_every_name_is_in_the_project_and_after_it_none(study_anywhere: Study) -> None:
    study = study_anywhere
    analyse(study.project)
    assert {name for name, _ in found(study.project)} == set(NAMES)
    assert sha256(SAID) in " ".join(
        held.decode(errors="replace") for _, held in stored(study.project)
    )
    seals, place_before = digests(study.project), place_of_texts(study.project)
    report = originals.seal(
        study.project, study.key, SECRET, study.folder / "texts.sealed", name=study.name
    )
    # the text of Åselill as it came and as corrected; the docx of “quiet”
    assert report.counts["earlier texts"] == 2
    assert report.counts["files of current texts"] == 1
    assert found(study.project) == set()
    assert not any(sha256(SAID).encode() in content for _, content in stored(study.project))
    assert not seals & digests(study.project)
    assert study.project.store.is_file or place_of_texts(study.project) != place_before
    study.project.close()
    assert found(study.project) == set()


def analyse(project: Project) -> None:
    """Have a server keep statistics, which hold values of columns."""
    if not project.store.is_file:
        with project.store.writing() as connection:
            connection.exec_driver_sql("ANALYZE")


def place_of_texts(project: Project) -> object:
    """Return the file in which a server keeps the texts: a table written anew has another."""
    if project.store.is_file:
        return None
    with project.reading() as connection:
        query = "SELECT pg_relation_filenode('transcript_version')"
        return connection.exec_driver_sql(query).scalar()


def digests(project: Project) -> set[str]:
    """Return the seals of all acts: who guesses what an act was about can tell it from them."""
    with project.reading() as connection:
        return set(connection.exec_driver_sql("SELECT digest FROM act_seal").scalars())


def test_the_act_alone_leaves_no_name_either(study: Study) -> None:
    edits.remove_originals(study.project, NAMES)
    assert found(study.project) == set()


def test_what_lives_is_as_it_was_and_all_laws_hold(study_anywhere: Study) -> None:
    study = study_anywhere
    before, open_ = study.garden.live(), study.project.check()
    assert all(f.severity == "open" for f in open_)
    chart = study.project.chart("garden@1")
    originals.remove(study.project, study.key, SECRET, name=study.name)
    assert study.project.check() == open_
    after = study.garden.live()
    earlier = {v["id"] for v in before["transcript_version"]} - {
        v["id"] for v in after["transcript_version"] if v["text"]
    }
    assert len(earlier) == 2
    for table in before:
        for was, now in zip(before[table], after[table], strict=True):
            if table not in BULKY or (table == "transcript_version" and was["id"] not in earlier):
                assert was == now
    assert study.project.chart("garden@1").equals(chart)


def test_the_history_says_who_did_what_kind_of_thing_and_nothing_else(study: Study) -> None:
    before = study.project.history()
    originals.remove(study.project, study.key, SECRET, name=study.name)
    removal, *after = study.project.history()
    assert removal["summary"] == "Removed 2 earlier texts for good"
    assert removal["verb"] == "remove originals"
    told = ("seq", "at", "who", "verb", "kind", "reverses", "undone")
    assert [[a[n] for n in told] for a in after] == [[a[n] for n in told] for a in before]
    assert [a["summary"] for a in after] == [a["verb"] for a in before]
    assert [m["summary"] for a in after for m in a["merged"]] == [
        m["verb"] for a in before for m in a["merged"]
    ]


def test_undo_goes_back_to_it_and_not_beyond(study_anywhere: Study) -> None:
    study = study_anywhere
    originals.remove(study.project, study.key, SECRET, name=study.name)
    rows = study.garden.live()
    edits.add_memo(study.project, "Afterwards.")
    study.project.undo()
    study.project.redo()
    study.project.undo()
    assert study.garden.live() == rows
    with pytest.raises(NoWayBack, match="were removed for good"):
        study.project.undo()
    with pytest.raises(NoWayBack):
        study.project.undo(only_mine=True)
    assert study.garden.live() == rows
    assert [f for f in study.project.check() if f.severity == "broken"] == []


def test_nobody_redoes_what_was_undone_before_it(garden: Garden, tmp_path: Path) -> None:
    edits.add_memo(garden.project, "Mine.")
    garden.project.undo()
    keyfile.write([KeyRow("Nobody", "", "X")], tmp_path / "k", SECRET)
    with open_project(garden.project.where, who="bo") as other:
        originals.remove(other, tmp_path / "k", SECRET, name="garden.fwb")
    with pytest.raises(NoWayBack):
        garden.project.redo(only_mine=True)


def test_a_sealed_file_gives_back_every_text_and_file_to_who_knows_the_passphrase(
    study: Study,
) -> None:
    sealed, out = study.folder / "texts.sealed", study.folder / "out"
    originals.seal(study.project, study.key, SECRET, sealed, name=study.name)
    assert not any(said in sealed.read_bytes() for n in NAMES for said in variants(n))
    with pytest.raises(BadFile, match="the passphrase does not open it"):
        originals.unseal(sealed, "another", out)
    originals.unseal(sealed, SECRET, out)
    assert {f.name: f.read_bytes() for f in out.iterdir()} == {
        "Liv version 1.txt": SAID.encode(),
        "Liv version 2.txt": SAID.replace("quiet", "very quiet").encode(),
        "quiet version 1 original.docx": document(LOM),
    }
    with pytest.raises(CannotWrite, match="something is in the folder"):
        originals.unseal(sealed, SECRET, out)


def test_work_goes_on_after_it(study: Study) -> None:
    originals.remove(study.project, study.key, SECRET, name=study.name)
    edits.code_quote(study.project, "Liv", "We live at Berg.", "1.1", run="first")
    edits.correct_transcript(
        study.project, "gardener", builders.incoming("gardener", GARDENER + "I: Thanks.\n")
    )
    edits.change_memo(study.project, memo_of(study, "Liv again."), text="Otherwise.")
    assert [f for f in study.project.check() if f.severity == "broken"] == []
    originals.remove(study.project, study.key, SECRET, name=study.name)
    assert [f for f in study.project.check() if f.severity == "broken"] == []
    study.project.export(study.folder / "chart.xlsx", framework="garden@1")
    study.project.export_study(study.folder / "study")


def memo_of(study: Study, text: str) -> str:
    return next(str(m["id"]) for m in study.garden.live()["memo"] if m["text"] == text)


def refused(study: Study, said: str, **options: object) -> None:
    """Check that nothing is removed, for a reason, and nothing written."""
    rows, acts, sealed = study.garden.live(), study.garden.acts(), study.folder / "x.sealed"
    with pytest.raises(Refused, match=said):
        originals.seal(study.project, study.key, SECRET, sealed, name=study.name, **options)  # type: ignore[arg-type]
    assert (study.garden.live(), study.garden.acts()) == (rows, acts)
    assert not sealed.exists()
    assert [f for f in study.project.check() if f.severity == "broken"] == []


def test_codings_and_memos_on_earlier_texts_stand_in_the_way(study: Study) -> None:
    version = next(
        v["id"] for v in study.garden.live()["transcript_version"] if v["text"] == GARDENER
    )
    edits.add_memo(
        study.project,
        "Why?",
        anchor="transcript_version",
        anchor_id=str(version),
        start=GARDENER.index("Rain"),
        stop=GARDENER.index("Rain") + 4,
    )
    text = GARDENER.replace("Rain keeps", "It keeps")
    edits.correct_transcript(study.project, "gardener", builders.incoming("gardener", text))
    refused(study, "^2 codings or memos still stand on earlier texts. Place or withdraw")


@pytest.mark.parametrize(
    ("write", "where"),
    [
        (lambda p: edits.add_memo(p, f"So {ASE} said."), "memos: “So Åselill said.”"),
        (lambda p: edits.add_person(p, "eva", name=VIK), "person: “Torvald Vik”"),
        (lambda p: edits.change_setting(p, "title", LOM), "setting: “Lomseter”"),
        (lambda p: edits.add_cases(p, {"lomseter": {}}), "cases: “lomseter”"),
        (
            lambda p: edits.add_typology(p, "t", {"who": [ASE]}, {"One": {"who": ASE}}),
            "dimension: “Åselill”",
        ),
        (
            lambda p: edits.change_code(p, "garden@2", "Tools", definition=f"{VIK}s."),
            "frameworks: “Torvald Viks.”",
        ),
        (lambda p: builders.bring(p, ("new", f"I: So?\nP: Yes, {VIK}.\n")), "transcripts: “"),
    ],
)
def test_a_name_that_would_stay_is_told_and_nothing_goes(
    study: Study, write: object, where: str
) -> None:
    write(study.project)  # type: ignore[operator]
    refused(study, where)


def test_names_may_stay_when_a_person_says_so_and_the_history_counts_them(study: Study) -> None:
    edits.add_memo(study.project, f"So {ASE} said.")
    report = originals.remove(study.project, study.key, SECRET, name=study.name, anyway=True)
    assert report.notes[0] == "1 name of the key stays in the project."
    assert {name for name, _ in found(study.project)} == {ASE}


def test_a_statement_that_quotes_an_earlier_text_stands_in_the_way(garden: Garden) -> None:
    folder = Path(garden.project.where).parent
    edits.withdraw_coding(garden.project, garden.codings["rain"])
    text = GARDENER.replace("Rain keeps", "It keeps")
    edits.correct_transcript(garden.project, "gardener", builders.incoming("gardener", text))
    keyfile.write([KeyRow("Nobody", "", "X")], folder / "names.key", SECRET)
    refused(Study(garden, folder), "is not in the words that it cites. Settle it")


def test_only_who_names_the_project_removes_anything(study: Study) -> None:
    rows = study.garden.live()
    with pytest.raises(BadValue, match="The name of the project cannot be 'study'"):
        originals.remove(study.project, study.key, SECRET, name="study")
    with pytest.raises(BadFile):
        originals.remove(study.project, study.key, "another", name=study.name)
    assert study.garden.live() == rows


def test_nothing_is_removed_in_a_rehearsal_or_sealed_without_a_passphrase(study: Study) -> None:
    rows = study.garden.live()
    with study.project.rehearsing(), pytest.raises(Refused, match="in a rehearsal"):
        originals.remove(study.project, study.key, SECRET, name=study.name)
    to = study.folder / "texts.sealed"
    with pytest.raises(BadValue, match="The passphrase"):
        edits.remove_originals(study.project, NAMES, sealed_in=to)
    assert not to.exists()
    assert study.garden.live() == rows


def test_a_sealed_file_takes_nobodys_place(study: Study) -> None:
    rows, held = study.garden.live(), study.key.read_bytes()
    for there in (study.key, study.folder / "there"):
        (study.folder / "there").write_text("mine")
        with pytest.raises(CannotWrite, match="stands there"):
            originals.seal(study.project, study.key, SECRET, there, name=study.name)
    assert (study.garden.live(), study.key.read_bytes()) == (rows, held)
    assert (study.folder / "there").read_text() == "mine"


def test_nothing_is_sealed_where_no_earlier_text_is(garden: Garden, tmp_path: Path) -> None:
    keyfile.write([KeyRow("Nobody", "", "X")], tmp_path / "names.key", SECRET)
    refused(Study(garden, tmp_path), "There is no earlier text to seal")


def test_copies_beside_the_project_are_named_and_deleted_only_when_told(garden: Garden) -> None:
    folder = Path(garden.project.where).parent
    copy = backups.make(garden.project)
    keyfile.write([KeyRow("Nobody", "", "X")], folder / "names.key", SECRET)
    done = [garden.project, folder / "names.key", SECRET]
    report = originals.remove(*done, name="garden.fwb")  # type: ignore[arg-type]
    assert report.notes == [
        f"{copy} is a copy from before and holds the names still. Delete it (--backups)."
    ]
    report = originals.remove(*done, name="garden.fwb", delete_backups=True)  # type: ignore[arg-type]
    assert report.notes == ["Deleted 1 copy beside the project."]
    assert not copy.exists()


def test_a_file_that_somebody_reads_meanwhile_is_told(
    garden: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(garden.project.where).parent
    keyfile.write([KeyRow("Nobody", "", "X")], folder / "names.key", SECRET)
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0)
    garden.project.close()
    with open_project(garden.project.where) as other, other.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM act").scalar()
        report = originals.remove(garden.project, folder / "names.key", SECRET, name="garden.fwb")
    assert "can still be read in the files of garden.fwb" in report.notes[0]
    report = originals.remove(garden.project, folder / "names.key", SECRET, name="garden.fwb")
    assert report.notes == []


def test_a_database_that_somebody_reads_meanwhile_is_busy_and_stays_as_it_was(
    garden_on_server: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 1)
    before, acts = garden_on_server.live(), garden_on_server.acts()
    address = garden_on_server.project.store.engine.url.render_as_string(hide_password=False)
    with open_project(address) as other, other.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM coding").scalar()
        with pytest.raises(ProjectBusy):
            edits.remove_originals(garden_on_server.project, [])
    assert (garden_on_server.live(), garden_on_server.acts()) == (before, acts)
    edits.remove_originals(garden_on_server.project, [])
    assert garden_on_server.project.check() == []


def test_a_copy_from_before_is_not_merged_in_either_direction(study: Study) -> None:
    there = study.folder / "theirs.fwb"
    backups.make(study.project, there)
    originals.remove(study.project, study.key, SECRET, name=study.name)
    with open_project(there, who="bo") as copy:
        edits.add_memo(copy, "New.")
        for mine, theirs in ((study.project, copy), (copy, study.project)):
            rows = builders.live(mine)
            with pytest.raises(Refused, match="would bring the names in them back"):
                edits.merge(mine, theirs)
            assert builders.live(mine) == rows
    after = study.folder / "after.fwb"
    backups.make(study.project, after)
    with open_project(after, who="bo") as copy:
        edits.add_memo(copy, "Newer.")
        edits.merge(study.project, copy)
    assert "Newer." in {m["text"] for m in study.garden.live()["memo"]}
    assert found(study.project) == set()


def test_pseudonyms_of_a_table_and_their_key_lead_to_a_project_without_names(
    garden: Garden, tmp_path: Path
) -> None:
    table, key = tmp_path / "names.csv", tmp_path / "names.key"
    table.write_text("name,replacement\nAnna,Liv\nBo,Per\n")
    pseudonyms.apply(garden.project, table, key, SECRET)
    going = originals.going(garden.project, key, SECRET)
    assert going.lines() == [
        "To go for good: 1 earlier text, and the content of 37 entries of the history."
    ]
    assert garden.acts() == 37
