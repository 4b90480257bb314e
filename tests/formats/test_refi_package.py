"""REFI-QDA files as containers: what is found in them, and what is refused."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refi_files import SPACE, code, codes, qde, qdpx, text, text_in_file

from workbench.errors import BadFile, BrokenFile, EncryptedFile, MissingFile, UnknownFormat
from workbench.formats.package import kind_of_archive
from workbench.formats.refi import codebook, package, reading

NAMED = f"<Sources>{text_in_file(1, 'P1', 'internal://AB-1.txt')}</Sources>"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def texts(path) -> list[str]:
    return [s.text for s in reading.read(path).sources]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "waiting.qdpx"


# --- where things stand ------------------------------------------------------------


def test_atlas_26_names_the_xml_after_the_project(file) -> None:
    qdpx(file, qde(NAMED), {"sources/AB-1.txt": b"kept"}, root="My project.QDE")
    assert package.recognises(file) == "project"
    assert kind_of_archive(file.read_bytes()) == "qdpx"
    assert texts(file) == ["kept"]


def test_of_several_projects_project_qde_is_read_and_the_others_are_told(file) -> None:
    qdpx(file, qde("", name="Other"), {"Project.qde": qde("", name="This").encode()}, root="a.qde")
    held = reading.read(file)
    assert held.name == "This"
    assert held.report.notes[0] == (
        "Of the projects in the file, 1 beside Project.qde were not read."
    )


@pytest.mark.parametrize(
    "entry", ["Sources/ab-1.TXT", "SOURCES/AB-1.txt", "AB-1.txt", "x/AB-1.txt"]
)
def test_nvivo_and_others_write_the_folder_in_their_own_way(file, entry) -> None:
    qdpx(file, qde(NAMED), {entry: b"kept", "sources/.root": b""})
    assert texts(file) == ["kept"]


def test_windows_writes_the_folder_with_a_backslash(file) -> None:
    qdpx(file, qde(NAMED), {"sources\\AB-1.txt": b"kept"})
    assert texts(file) == ["kept"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("internal://AB-1.txt", "kept"),
        ("internal://x/AB-1.txt", "other"),
        ("sources\\ab-1.txt", "kept"),
        ("relative:///x\\AB-1.TXT", "other"),
    ],
)
def test_of_two_files_of_one_name_the_folder_decides(file, path, found) -> None:
    held = {"x/AB-1.txt": b"other", "Sources/AB-1.txt": b"kept"}
    qdpx(file, qde(NAMED.replace("internal://AB-1.txt", path)), held)
    assert texts(file) == [found]


def test_a_name_that_two_folders_have_is_not_guessed(file) -> None:
    qdpx(file, qde(NAMED), {"x/AB-1.txt": b"one", "y/AB-1.txt": b"two"})
    assert texts(file) == []


@pytest.mark.parametrize(
    "path", ["AB-1.txt", "internal:/AB-1.txt", "internal:///AB-1.txt", "relative:///AB-1.txt"]
)
def test_qualcoder_and_qc_write_paths_without_their_scheme_or_with_another(file, path) -> None:
    qdpx(file, qde(NAMED.replace("internal://AB-1.txt", path)), {"sources/AB-1.txt": b"kept"})
    assert texts(file) == ["kept"]


def test_a_project_may_stand_alone_in_its_file(tmp_path) -> None:
    file = tmp_path / "waiting.qde"
    file.write_text(qde(f"<Sources>{text(1, 'P1', 'kept')}</Sources>", head=HEAD))
    assert package.recognises(file) == "project"
    assert texts(file) == ["kept"]


# --- letters ------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_qualcoder_wrote_a_byte_order_mark_before_the_xml(file, mark) -> None:
    qdpx(file, mark + qde("", head=HEAD, name="Kø").encode())
    held = reading.read(file)
    assert (held.name, held.report.notes) == ("Kø", [])


def test_xml_that_is_windows_1252_is_read_so_with_a_warning(file) -> None:
    qdpx(file, qde("", head=HEAD, name="Kø “én”").encode("cp1252"))
    held = reading.read(file)
    assert held.name == "Kø “én”"
    assert "Windows-1252" in held.report.notes[0]


def test_xml_of_sixteen_bits_says_so_itself(file) -> None:
    qdpx(file, qde("", head=HEAD.replace("utf-8", "utf-16"), name="Kø").encode("utf-16"))
    assert reading.read(file).name == "Kø"


def test_atlas_writes_texts_in_windows_1252(file) -> None:
    qdpx(file, qde(NAMED), {"sources/AB-1.txt": "Mabêl – café".encode("cp1252")})
    held = reading.read(file)
    assert (held.sources[0].text, held.sources[0].encoding) == ("Mabêl – café", "Windows-1252")
    assert "Windows-1252" in held.report.guesses[0].what


@pytest.mark.parametrize(
    "space",
    ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0", ""],
)
def test_codebooks_have_four_namespaces_and_are_read_by_local_names(tmp_path, space) -> None:
    file = tmp_path / "a.qdc"
    inside = code(1, "Grüße").replace("üß", "&#xFC;&#xDF;")
    file.write_text(f'\ufeff<CodeBook xmlns="{space}"><Codes>{inside}</Codes></CodeBook>')
    assert [c.name for c in codebook.read(file).codes] == ["Grüße"]


def test_a_prefix_and_another_namespace_are_read_by_local_names(file) -> None:
    xml = qde(codes(code(1, "Queue")), space="urn:QDA-XML:project:0:4")
    xml = xml.replace("<", "<q:").replace("<q:/", "</q:").replace("xmlns=", "xmlns:q=")
    qdpx(file, xml)
    assert [c.name for c in reading.read(file).codes] == ["Queue"]


# --- what is refused ------------------------------------------------------------------

BILLION = "<!DOCTYPE p [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
OUTSIDE = '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
NETWORK = '<!DOCTYPE p SYSTEM "http://127.0.0.1:9/x.dtd">'


@pytest.mark.parametrize("head", [BILLION, OUTSIDE, NETWORK, "<!DOCTYPE p>"])
@pytest.mark.parametrize("alone", [True, False])
def test_xml_with_a_document_type_is_refused(tmp_path, head, alone) -> None:
    file = tmp_path / "a.qde"
    xml = qde("<Description>&b;</Description>" if head is BILLION else "", head=head)
    file.write_text(xml) if alone else qdpx(file, xml)
    with pytest.raises(BrokenFile, match="document type"):
        reading.read(file)


def test_a_hundred_thousand_elements_in_one_another_are_refused(file) -> None:
    deep = '<Code guid="x" name="a" isCodable="true">' * 100_000 + "</Code>" * 100_000
    qdpx(file, qde(codes(deep)))
    with pytest.raises(BrokenFile, match="nested too deeply"):
        reading.read(file)


@pytest.mark.parametrize(
    "entry", ["../out.txt", "sources/../../out.txt", "/etc/passwd", "C:/out.txt", "..\\out.txt"]
)
def test_a_part_that_names_a_place_outside_is_refused(file, entry) -> None:
    qdpx(file, qde(""), {entry: b"x"})
    with pytest.raises(BrokenFile, match="names a place outside"):
        reading.read(file)


def test_a_bomb_is_refused(file) -> None:
    qdpx(file, qde(NAMED), {"sources/AB-1.txt": b"a" * 50_000_000})
    with pytest.raises(BrokenFile, match="unpacks to"):
        reading.read(file)


def test_parts_that_unpack_to_too_much_together_are_refused(file, monkeypatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 15)
    two = NAMED.replace("</Sources>", f"{text_in_file(2, 'P2', 'b.txt')}</Sources>")
    qdpx(file, qde(two), {"sources/AB-1.txt": b"ten letter", "sources/b.txt": b"ten letter"})
    with pytest.raises(BrokenFile, match="unpack to more than"):
        reading.read(file)


def test_too_many_parts_are_refused(file, monkeypatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    qdpx(file, qde(""), {"a": b"", "b": b""})
    reading.read(file)
    qdpx(file, qde(""), {"a": b"", "b": b"", "c": b""})
    with pytest.raises(BrokenFile, match="4 parts"):
        reading.read(file)


def test_a_locked_archive_is_refused(file) -> None:
    qdpx(file, qde(""))
    locked = bytearray(file.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    file.write_bytes(locked)
    with pytest.raises(EncryptedFile):
        reading.read(file)


@pytest.mark.parametrize("xml", ["", "<Project", "<Project><a></Project>", "\0", "Anna: <Project>"])
def test_what_is_no_xml_is_refused(file, xml) -> None:
    qdpx(file, xml)
    with pytest.raises(BrokenFile, match="not well-formed"):
        reading.read(file)


def test_other_files_are_not_recognised(tmp_path) -> None:
    found = {
        "a.txt": b"Anna: <Project>",
        "b.qde": b"<?xml version='1.0'?><html><Project/></html>",
        "c.qdpx": b"PK\x03\x04 damaged",
        "d.qdc": b"",
    }
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
        assert package.recognises(tmp_path / name) is None
        with pytest.raises(BadFile):
            reading.read(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "e.qdpx", "w") as archive:
        archive.writestr("sources/project.qde", qde(""))
    assert package.recognises(tmp_path / "e.qdpx") is None
    with pytest.raises(UnknownFormat, match="REFI-QDA projects"):
        reading.read(tmp_path / "e.qdpx")
    assert package.recognises(tmp_path / "none") is None
    with pytest.raises(MissingFile):
        reading.read(tmp_path / "none")


def test_a_codebook_alone_is_no_project(tmp_path) -> None:
    file = tmp_path / "a.qdc"
    file.write_text(f'{HEAD}<!-- <Project> --><CodeBook xmlns="{SPACE}"/>')
    assert package.recognises(file) == "codebook"
    with pytest.raises(UnknownFormat):
        reading.read(file)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    inside = codes(code(1, "Queue")) + NAMED
    file = qdpx(tmp_path_factory.mktemp("s") / "a.qdpx", qde(inside), {"sources/AB-1.txt": b"kept"})
    return file.read_bytes()


def read_or_refused(file) -> bool:
    """Tell whether a file is read, or refused with a sentence that names it."""
    try:
        held = reading.read(file)
    except BadFile as refused:
        return str(refused).startswith(f"{file}: ")
    return len(held.sources) <= 1 and len(held.codes) <= 1


@given(st.integers(0, 60_000), st.binary(min_size=1, max_size=30))
def test_a_damaged_archive_ends_in_a_project_or_in_one_of_our_errors(
    tmp_path_factory, sound, place, noise
) -> None:
    place %= len(sound)
    file = tmp_path_factory.mktemp("t") / "p.qdpx"
    file.write_bytes(sound[:place] + noise + sound[place + len(noise) :])
    package.recognises(file)
    assert read_or_refused(file)


@given(st.integers(0, 600), st.text("<>/\"'&;= aZ0é\0", min_size=1, max_size=6))
def test_damaged_xml_ends_in_a_project_or_in_one_of_our_errors(
    tmp_path_factory, place, noise
) -> None:
    xml = qde(codes(code(1, "Queue")) + NAMED, head=HEAD)
    place %= len(xml)
    file = tmp_path_factory.mktemp("t") / "p.qde"
    file.write_text(xml[:place] + noise + xml[place + len(noise) :], encoding="utf-8")
    assert read_or_refused(file)
