"""Sets, links, graphs, pictures, recordings and dates of other tools go out again as they came."""

import shutil
import zipfile
from collections import Counter
from pathlib import Path

import builders
import pytest
from lxml import etree
from refi_files import ANE, BO, USERS, code, codes, coding, g, qde, qdpx, selection, text
from tampering import by_force

from workbench.formats.refi import checker, reading
from workbench.formats.refi.project import RefiProject
from workbench.project import edits, imports, refi_out
from workbench.project.door import Project, create, open_project
from workbench.project.merging.telling import Choices

PIXELS = b"\x89PNG\r\n\x1a\n made up \xff"
WORDS = "The shed is full. Nobody has a key."
DATED = coding(22, 1, BO).replace("<Coding ", '<Coding creationDateTime="2019-03-02T10:00:00Z" ')
PICTURE = (
    f'<PictureSource guid="{g(20)}" name="The gate" path="internal://{g(20)}.png" '
    f'currentPath="/home/ane/gate.png" creatingUser="{ANE}">'
    f'<PictureSelection guid="{g(21)}" name="lock" firstX="1" firstY="2" secondX="3" secondY="4">'
    f"{DATED}</PictureSelection></PictureSource>"
)
BODY = (
    USERS
    + codes(code(1, "Room") + code(2, "Keys"))
    + "<Sources>"
    + text(6, "shed", WORDS, selection(7, 4, 8, coding(8, 1, ANE)))
    + PICTURE
    + "</Sources>"
    + f'<Notes><Note guid="{g(12)}" name="Idea"><PlainTextContent>Ask again.'
    + "</PlainTextContent></Note></Notes>"
    + f'<Links><Link guid="{g(30)}" name="shows" direction="OneWay" color="#0af" '
    + f'originGUID="{g(21)}" targetGUID="{g(7)}"/></Links>'
    + f'<Sets><Set guid="{g(31)}" name="Access"><Description>ways in</Description>'
    + f'<MemberCode targetGUID="{g(2)}"/><MemberSource targetGUID="{g(6)}"/>'
    + f'<MemberSource targetGUID="{g(20)}"/><MemberNote targetGUID="{g(12)}"/></Set></Sets>'
    + f'<Graphs><Graph guid="{g(40)}" name="Map">'
    + f'<Vertex guid="{g(41)}" representedGUID="{g(1)}" name="a" firstX="0" firstY="0"/>'
    + f'<Vertex guid="{g(42)}" representedGUID="{g(6)}" name="b" firstX="9" firstY="9" '
    + 'shape="Star"/>'
    + f'<Edge guid="{g(43)}" representedGUID="{g(30)}" sourceVertex="{g(41)}" '
    + f'targetVertex="{g(42)}" lineStyle="dotted"/></Graph></Graphs>'
)


@pytest.fixture
def empty(tmp_path):
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        yield project


@pytest.fixture
def told(tmp_path):
    """A project of another tool, with a picture in the archive."""
    path = qdpx(tmp_path / "told.qdpx", qde(BODY))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"sources/{g(20)}.png", PIXELS)
    return path


def again(project: Project, path: Path) -> tuple[RefiProject, dict[str, int]]:
    """Write a project and read it; return it with what was told to be lost."""
    report = refi_out.export(project, path)
    assert checker.faults(checker.opened(path)) == []
    return reading.read(path), {o.what: o.count for o in report.left_out}


def called(held: RefiProject) -> dict[str, str]:
    """Return the identifier of whatever can be referred to → a name that stays the same."""
    found = {x.guid: x.name for of in (held.codes, held.sources, held.notes) for x in of}
    found |= {s.guid: f"words {s.start}:{s.stop}" for s in held.selections}
    found |= {k.guid: f"link {k.name}" for k in held.links}
    for part in held.parts:
        for element in etree.fromstring(part.xml).iter():
            if element.get("guid"):
                found[element.get("guid")] = f"{element.tag} {element.get('name')}"
    return found


def said(held: RefiProject) -> list[object]:
    """Return what the standard holds of sets, links and parts, with names for identifiers."""
    names, users = called(held), {u.guid: u.name for u in held.users}
    sets = [
        (s.name, s.description, *(sorted(names[m] for m in of) for of in members(s)))
        for s in held.sets
    ]
    links = [(k.name, k.direction, names[k.origin], names[k.target], k.colour) for k in held.links]
    return [sorted(sets), sorted(links), sorted(plain(p, {**names, **users}) for p in held.parts)]


def members(one) -> tuple[tuple[str, ...], ...]:
    return one.codes, one.sources, one.notes


def plain(part, names: dict[str, str]) -> tuple[object, ...]:
    rows = []
    for element in etree.fromstring(part.xml).iter():
        given = ((k, names.get(v, v)) for k, v in element.attrib.items() if k != "guid")
        rows.append((element.tag, tuple(sorted(given)), element.text or ""))
    return part.kind, part.name, part.content, tuple(rows)


def test_what_nothing_here_is_like_goes_out_as_it_came(empty, told, tmp_path) -> None:
    report = imports.import_files(empty, [told])
    kept = "1 set, 1 link, 1 picture, 1 graph"
    assert f"Kept in the project for a later export to REFI-QDA: {kept}." in report.notes
    assert empty.check() == []
    held, lost = again(empty, tmp_path / "out.qdpx")
    assert lost == {"original files": 1}
    assert said(held) == said(reading.read(told))
    (picture, _graph) = held.parts
    assert (picture.content, len(held.sets[0].sources)) == (PIXELS, 2)


def test_a_file_of_our_own_keeps_it_too(empty, told, tmp_path) -> None:
    imports.import_files(empty, [told])
    refi_out.export(empty, tmp_path / "first.qdpx")
    with create(tmp_path / "second.fwb", who="bo") as second:
        imports.import_files(second, [tmp_path / "first.qdpx"])
        held, _ = again(second, tmp_path / "second.qdpx")
    assert said(held) == said(reading.read(told))


def test_a_file_that_comes_twice_is_kept_once_and_undo_takes_it_out(empty, told) -> None:
    imports.import_files(empty, [told])
    kinds = Counter(kind for (kind,) in builders.rows(empty, "kept_part", "kind"))
    assert kinds == {"set": 1, "link": 1, "picture": 1, "graph": 1}
    empty.undo()
    assert builders.rows(empty, "kept_part", "kind") == []
    empty.redo()
    assert len(builders.rows(empty, "kept_part", "kind")) == 4


def test_what_referred_to_what_is_gone_is_told_and_not_written(empty, told, tmp_path) -> None:
    imports.import_files(empty, [told])
    ((coded,),) = builders.rows(empty, "coding", "id")
    edits.withdraw_coding(empty, coded)
    ((memo,),) = builders.rows(empty, "memo", "id")
    edits.withdraw_memo(empty, memo)
    held, lost = again(empty, tmp_path / "out.qdpx")
    assert lost == {"members of sets": 1, "links": 1, "original files": 1}
    assert (held.links, held.sets[0].notes) == ((), ())


def test_codings_keep_the_dates_that_their_tool_gave_them(empty, tmp_path) -> None:
    made = coding(8, 1, ANE).replace("<Coding ", '<Coding creationDateTime="2019-03-02T10:00:00Z" ')
    body = USERS + codes(code(1, "Room"))
    body += f"<Sources>{text(6, 'shed', WORDS, selection(7, 4, 8, made))}</Sources>"
    report = imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    assert [(o.what, o.count) for o in report.left_out] == [("people", 1)]
    held, _ = again(empty, tmp_path / "out.qdpx")
    (only,) = (c for s in held.selections for c in s.codings)
    assert only.created == "2019-03-02T10:00:00+00:00"


def test_texts_notes_and_comments_keep_the_dates_that_their_tool_gave_them(empty, tmp_path) -> None:
    on = 'creationDateTime="2019-03-0{}T10:00:00Z"'.format
    comment = selection(9, 4, 8, "<Description>Really?</Description>", more=on(2))
    body = f"<Sources>{text(6, 'shed', WORDS, comment, on(3))}</Sources>"
    body += f'<Notes><Note guid="{g(20)}" name="N" {on(4)}><PlainTextContent>Ask her.'
    body += "</PlainTextContent></Note></Notes>"
    imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    held, _ = again(empty, tmp_path / "out.qdpx")
    dated = {n.text: n.created for n in held.notes} | {s.name: s.created for s in held.sources}
    assert dated == {
        "Really?": "2019-03-02T10:00:00+00:00",
        "Ask her.": "2019-03-04T10:00:00+00:00",
        "shed": "2019-03-03T10:00:00+00:00",
    }
    edits.add_memo(empty, "Today.")
    made = {n.text: n.created for n in again(empty, tmp_path / "later.qdpx")[0].notes}
    assert made["Today."] > "2020"


def test_maxqda_writes_a_recording_as_a_video_and_it_goes_out_as_it_came(empty, tmp_path) -> None:
    nothing_long = 'begin="500" end="500"'
    video = f'<VideoSource guid="{g(20)}" name="Talk one" path="internal://{g(20)}.m4a">'
    video += f'<VideoSelection guid="{g(21)}" name="a" {nothing_long}>{DATED}</VideoSelection>'
    body = f"{USERS}{codes(code(1, 'Room'))}<Sources>{video}</VideoSource></Sources>"
    path = qdpx(tmp_path / "a.qdpx", qde(body), {f"sources/{g(20)}.m4a": b"not a sound"})
    imports.import_files(empty, [path])
    (part,) = again(empty, tmp_path / "out.qdpx")[0].parts
    assert (part.kind, part.name, part.content) == ("video", "Talk one", b"not a sound")
    assert part.filename.endswith(".m4a")
    (stretch,) = etree.fromstring(part.xml).iter("VideoSelection")
    assert (stretch.get("begin"), stretch.get("end")) == ("500", "500")


def test_what_of_a_picture_leaves_the_standard_is_told_and_the_rest_is_kept(
    empty, tmp_path
) -> None:
    torn = PICTURE.replace('firstX="1"', 'firstX="1.5"')
    whole = PICTURE.replace(g(20), g(50)).replace(g(21), g(51)).replace(g(22), g(52))
    body = f"{USERS}{codes(code(1, 'Room'))}<Sources>{torn}{whole}</Sources>"
    report = imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    told = {o.what: (o.why, o.count, o.where) for o in report.left_out}
    why = "they leave the standard, so that they cannot go out again"
    assert told["elements of what is kept"] == (why, 3, ("The gate",))
    held, _ = again(empty, tmp_path / "out.qdpx")
    marked = [sum(1 for _ in etree.fromstring(p.xml).iter("Coding")) for p in held.parts]
    assert sorted(marked) == [0, 1]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("skyloom_TestProject.qdpx", {"set": 16, "graph": 1, "picture": 1, "recording": 1}),
        ("qualilab_stress_test.qdpx", {}),
    ],
)
def test_a_real_project_of_another_tool_goes_out_as_it_came(
    empty, shared, tmp_path, name, counts
) -> None:
    path = shared / "real" / "refi" / name
    imports.import_files(empty, [path])
    kinds = Counter(kind for (kind,) in builders.rows(empty, "kept_part", "kind"))
    assert counts.items() <= kinds.items()
    first, (second, lost) = reading.read(path), again(empty, tmp_path / "out.qdpx")
    assert lost.get("members of sets", 0) == absent(first)
    assert {s.name: len(s.codes) for s in second.sets} == {s.name: len(s.codes) for s in first.sets}
    assert [(p.kind, p.name) for p in second.parts] == [(p.kind, p.name) for p in first.parts]
    assert made_of(second) == made_of(first)
    when = Counter(c.created for s in first.selections for c in s.codings if c.created)
    assert when == Counter(c.created for s in second.selections for c in s.codings if when)
    assert empty.check() == []


def made_of(held: RefiProject) -> Counter[str]:
    """Return how many elements of each sort the parts have."""
    return Counter(e.tag for p in held.parts for e in etree.fromstring(p.xml).iter())


def absent(held: RefiProject) -> int:
    there = {s.guid for s in held.sources} | {p.guid for p in held.parts}
    return sum(s not in there for one in held.sets for s in one.sources)


def test_files_of_pictures_go_with_the_earlier_texts(empty, told, tmp_path) -> None:
    imports.import_files(empty, [told])
    edits.remove_originals(empty, ["Ola"])
    held, _ = again(empty, tmp_path / "out.qdpx")
    assert [(p.kind, p.content) for p in held.parts] == [("picture", b""), ("graph", b"")]
    assert empty.check() == []


def test_a_kept_file_that_somebody_altered_is_found(empty, told) -> None:
    imports.import_files(empty, [told])
    by_force(empty, "UPDATE kept_part SET content = x'00' WHERE kind = 'picture'")
    with open_project(empty.where) as project:
        assert [(f.law, f.what, f.thing) for f in project.check()] == [
            (2, "kept file", "of “The gate”"),
        ]


def test_two_copies_that_brought_in_the_same_keep_it_once(empty, told, tmp_path) -> None:
    edits.add_memo(empty, "We begin.")
    where = str(empty.where)
    empty.close()
    shutil.copy(where, tmp_path / "theirs.fwb")
    imports.import_files(empty, [told])
    with open_project(tmp_path / "theirs.fwb", who="bo") as theirs:
        imports.import_files(theirs, [told])
        edits.merge(empty, theirs, Choices(prefer="mine", same_names="one"))
    assert len(builders.rows(empty, "kept_part", "kind")) == 4
    held, _ = again(empty, tmp_path / "out.qdpx")
    assert said(held)[0] == said(reading.read(told))[0]
    assert empty.check() == []
