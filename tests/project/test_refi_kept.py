"""What is kept beside a REFI-QDA project, when somebody wrote nonsense into it."""

import copy
import dataclasses
import itertools
import json
import tempfile
import zipfile
from pathlib import Path

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trying import often

from workbench.errors import WorkbenchError
from workbench.formats.refi import kept as kept_files
from workbench.formats.refi.kept import Kept
from workbench.project import edits, imports, views
from workbench.project.door import create

NAME = "framework-workbench/project.json"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    home = tmp_path_factory.mktemp("kept")
    made = builders.copy(home / "study.fwb")
    made.project.export(home / "out.qdpx")
    made.project.close()
    return home / "out.qdpx"


@pytest.fixture(scope="module")
def data(out):
    with zipfile.ZipFile(out) as archive:
        return json.loads(archive.read(NAME))


def with_kept(out: Path, data: object, folder: Path) -> Path:
    """Write the archive again with something else kept beside it."""
    changed = folder / "changed.qdpx"
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(changed, "w") as other:
        for name in whole.namelist():
            content = json.dumps(data).encode() if name == NAME else whole.read(name)
            other.writestr(name, content)
    return changed


@pytest.fixture
def again(tmp_path):
    with create(tmp_path / "again.fwb", who="zoe") as project:
        yield project


def test_what_was_written_is_read_as_it_was(data) -> None:
    held = kept_files.parsed(json.dumps(data).encode())
    assert json.loads(held.as_bytes()) == data
    assert len(held.cells) == 6
    assert kept_files.parsed(Kept().as_bytes()) == Kept()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"format": 1}'])
def test_what_is_none_of_it_is_nothing(content) -> None:
    assert kept_files.parsed(content) is None


def test_turns_of_fractions_or_out_of_order_are_looked_for_anew(out, data, tmp_path, again) -> None:
    spoilt = copy.deepcopy(data)
    first, second = spoilt["texts"]
    first["turns"][0][2] = 2.5
    second["turns"][0][3] = second["turns"][2][3]
    before = first["turns"], second["turns"]
    imports.import_files(again, [with_kept(out, spoilt, tmp_path)])
    for version in builders.live(again)["transcript_version"]:
        turns = json.loads(version["turns"])
        assert turns not in before
        assert len(turns) > 3


def looping(data: dict) -> None:
    one, other = data["frameworks"][-1]["categories"]
    one["parent_id"], other["parent_id"] = other["category_id"], one["category_id"]


def nowhere(data: dict) -> None:
    data["frameworks"][-1]["codes"][0]["category_id"] = 8 * "0" + "-0000-0000-0000-000000000000"


def twice(data: dict) -> None:
    of = data["frameworks"][-1]["codes"]
    of[0]["code_id"] = of[1]["code_id"]


def other_words(data: dict) -> None:
    data["frameworks"][-1]["codes"][0]["definition"] = "Something else."


@pytest.mark.parametrize("spoil", [looping, nowhere, twice, other_words])
def test_a_framework_that_is_none_comes_in_from_the_codes(
    out, data, tmp_path, again, spoil
) -> None:
    """A released one whose hash is another is none either."""
    spoilt = copy.deepcopy(data)
    spoil(spoilt)
    report = imports.import_files(again, [with_kept(out, spoilt, tmp_path)])
    assert any(note.startswith("The codes are not those") for note in report.notes)
    rows = builders.live(again)
    assert [v["state"] for v in rows["framework_version"]] == ["draft"]
    assert (len(rows["code_version"]), len(rows["coding"]), len(rows["statement"])) == (4, 7, 6)
    assert again.check() == []


def test_another_framework_of_that_name_stays_as_it_is(out, again) -> None:
    edits.add_framework(again, builders.version(objective="Another"))
    imports.import_files(again, [out])
    rows = builders.live(again)
    assert sorted(f["name"] for f in rows["framework"]) == ["garden", "the-garden"]
    assert len(rows["statement"]) == 6
    states = views.states(again, "the-garden@1")["state"].tolist()
    assert [states.count(s) for s in ("reviewed", "charted", "not asked", "stale")] == [1, 3, 1, 0]
    assert again.check() == []


def test_a_statement_on_words_of_another_case_stays_away(out, data, tmp_path, again) -> None:
    spoilt = copy.deepcopy(data)
    cited = {s["text"]: s for c in spoilt["cells"] for s in c["statements"]}
    other = cited["The list does not hold."]["evidence"]
    cited["The garden helps on bad days."]["evidence"] += other
    report = imports.import_files(again, [with_kept(out, spoilt, tmp_path)])
    assert {o.what: o.count for o in report.left_out}["statements"] == 1
    said = {s["text"] for s in builders.live(again)["statement"]}
    assert said == set(cited) - {"The garden helps on bad days."}
    assert again.check() == []


def test_a_cell_that_lost_a_statement_counts_as_reviewed_no_more(
    out, data, tmp_path, again
) -> None:
    spoilt = copy.deepcopy(data)
    (cell,) = (c for c in spoilt["cells"] if len(c["statements"]) == 2 and "Rain" in str(c))
    cell["reviewed"] = True
    imports.import_files(again, [with_kept(out, spoilt, tmp_path)])
    states = views.states(again)["state"].tolist()
    assert states.count("reviewed") == 2
    again.undo()
    cell["statements"][0]["text"] = "Nobody said so."
    imports.import_files(again, [with_kept(out, spoilt, tmp_path)])
    assert views.states(again)["state"].tolist().count("reviewed") == 1


def test_why_to_look_and_the_column_before_a_merge_come_back(out, data, tmp_path, again) -> None:
    told = copy.deepcopy(data)
    told["cells"][0]["look"] = "The code was split."
    told["cells"][0]["statements"][0]["label"] = "Old name"
    imports.import_files(again, [with_kept(out, told, tmp_path)])
    rows = builders.live(again)
    assert "The code was split." in {c["look"] for c in rows["cell"]}
    assert "Old name" in {s["label"] for s in rows["statement"]}


def test_a_framework_whose_codes_are_of_another_here_comes_in_from_the_codes(out, again) -> None:
    edits.add_framework(again, dataclasses.replace(builders.version(), framework="beds"))
    imports.import_files(again, [out])
    rows = builders.live(again)
    assert sorted(f["name"] for f in rows["framework"]) == ["beds", "the-garden"]
    of = {c["id"]: c["framework_id"] for c in rows["code"]}
    assert len(of) == len(rows["code_version"]) == 8
    assert again.check() == []


def test_a_run_of_that_name_under_another_framework_stays_apart(out, again) -> None:
    edits.add_framework(again, builders.version("hut"))
    edits.start_run(again, "first", "hut@1")
    imports.import_files(again, [out])
    rows = builders.live(again)
    (new,) = (r["id"] for r in rows["run"] if r["name"] == "first 2")
    assert {c["run_id"] for c in rows["coding"]} == {new}


def test_a_cell_that_stands_twice_comes_in_once(out, data, tmp_path, again) -> None:
    twice = copy.deepcopy(data)
    twice["cells"].append(copy.deepcopy(twice["cells"][0]))
    report = imports.import_files(again, [with_kept(out, twice, tmp_path)])
    assert {o.what: o.count for o in report.left_out}["cells"] == 1
    assert len(builders.live(again)["cell"]) == 6


def test_turns_of_another_text_are_not_taken(out, data, tmp_path, again) -> None:
    told = copy.deepcopy(data)
    first, second = told["texts"]
    first["turns"][0][0] = second["turns"][0][0] = "Somebody"
    first["sha256"] = 64 * "0"
    imports.import_files(again, [with_kept(out, told, tmp_path)])
    speakers = [json.loads(v["turns"])[0][0] for v in builders.live(again)["transcript_version"]]
    assert sorted(speakers) == ["I", "Somebody"]


def test_a_setting_that_nobody_here_knows_is_told(out, data, tmp_path, again) -> None:
    told = copy.deepcopy(data)
    told["settings"] |= {"method": "alchemy", "colour of the sky": "blue"}
    report = imports.import_files(again, [with_kept(out, told, tmp_path)])
    assert [o.count for o in report.left_out if o.what == "settings"] == [1, 1]
    assert {s["key"]: s["value"] for s in builders.live(again)["setting"]} == {
        "title": "The garden"
    }


def places(data: object, at: tuple = ()) -> list[tuple]:
    inside = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [at, *(p for key, value in inside for p in places(value, (*at, key)))]


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2**63),
    st.sampled_from(
        [
            *("", " ", "\x00", "\ud800", "a:b", "x:1:2", "draft", "released", "not asked"),
            *("final", "verbatim", "comment", "2024-99-99", "nan", "1e400", "@", "coding"),
        ]
    ),
    st.just([]),
    st.just({}),
)
SERIAL = itertools.count()


@given(drawn=st.data())
@often(150)
def test_whatever_stands_there_the_laws_hold_or_nothing_is_stored(out, data, drawn) -> None:
    spoilt = copy.deepcopy(data)
    for _ in range(drawn.draw(st.integers(1, 3))):
        where = drawn.draw(st.sampled_from(places(spoilt)[1:]))
        *way, last = where
        at = spoilt
        for key in way:
            at = at[key]
        how = drawn.draw(st.sampled_from(["odd", "gone", "other"]))
        if how == "gone":
            del at[last]
        elif how == "odd":
            at[last] = drawn.draw(ODD)
        else:
            alike = [p for p in places(spoilt)[1:] if p[-1:] == where[-1:]]
            other = spoilt
            for key in drawn.draw(st.sampled_from(alike)):
                other = other[key]
            at[last] = copy.deepcopy(other)
    with (
        tempfile.TemporaryDirectory(dir=out.parent) as folder,
        create(Path(folder) / f"{next(SERIAL)}.fwb", who="zoe") as again,
    ):
        before = builders.live(again)
        try:
            report = imports.import_files(again, [with_kept(out, spoilt, Path(folder))])
        except WorkbenchError:
            assert builders.live(again) == before
            return
        assert [f for f in again.check() if f.severity == "broken"] == []
        assert report.counts["codings"] == 7
        again.export(Path(folder) / "out.qdpx")
