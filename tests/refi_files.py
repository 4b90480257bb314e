"""Files of REFI-QDA written by hand, as small as a rule needs them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

SPACE = "urn:QDA-XML:project:1.0"
ANE, BO = "a" * 8 + "-0000-0000-0000-000000000001", "b" * 8 + "-0000-0000-0000-000000000002"
USERS = f'<Users><User guid="{ANE}" name="Ane"/><User guid="{BO}" name="Bo"/></Users>'


def g(number: int) -> str:
    """Return the identifier of that number."""
    return f"00000000-0000-0000-0000-{number:012d}"


def qde(body: str, *, space: str = SPACE, head: str = "", **attributes: str) -> str:
    """Return a project's XML around what stands in it."""
    given = "".join(f" {n}={quoteattr(v)}" for n, v in {"name": "Waiting", **attributes}.items())
    return f'{head}<Project xmlns="{space}"{given}>{body}</Project>'


def code(number: int, name: str, inside: str = "", codable: str = "true", more: str = "") -> str:
    """Return a code with what stands in it."""
    given = f'guid="{g(number)}" name={quoteattr(name)} isCodable="{codable}" {more}'
    return f"<Code {given}>{inside}</Code>"


def codes(*inside: str) -> str:
    """Return a codebook."""
    return f"<CodeBook><Codes>{''.join(inside)}</Codes></CodeBook>"


def coding(number: int, of: int, by: str = "") -> str:
    """Return a coding of one code, by somebody or nobody."""
    who = f' creatingUser="{by}"' if by else ""
    return f'<Coding guid="{g(number)}"{who}><CodeRef targetGUID="{g(of)}"/></Coding>'


def selection(
    number: int, start: object, end: object, inside: str = "", name: str = "", more: str = ""
) -> str:
    """Return a selection of a text."""
    named = f" name={quoteattr(name)}" if name else ""
    return (
        f'<PlainTextSelection guid="{g(number)}" startPosition="{start}" endPosition="{end}"'
        f"{named} {more}>{inside}</PlainTextSelection>"
    )


def text(number: int, name: str, words: str, inside: str = "", more: str = "") -> str:
    """Return a text whose words stand in the XML."""
    held = f"<PlainTextContent>{escape(words)}</PlainTextContent>"
    return (
        f'<TextSource guid="{g(number)}" name={quoteattr(name)} {more}>{held}{inside}</TextSource>'
    )


def text_in_file(number: int, name: str, path: str, inside: str = "", more: str = "") -> str:
    """Return a text whose words stand in a file of the archive."""
    named = f'guid="{g(number)}" name={quoteattr(name)} plainTextPath={quoteattr(path)}'
    return f"<TextSource {named} {more}>{inside}</TextSource>"


def qdpx(
    path: Path,
    xml: str | bytes,
    files: Mapping[str, bytes] | None = None,
    root: str = "project.qde",
) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(root, xml)
        for name, content in (files or {}).items():
            archive.writestr(name, content)
    return path


SMALL = (
    USERS
    + codes(
        code(1, "Sheds", code(2, "Room", "<Description>How full it is.</Description>"), "false"),
        code(3, "Tools"),
    )
    + f'<Variables><Variable guid="{g(4)}" name="Years" typeOfVariable="Integer"/></Variables>'
    + f'<Cases><Case guid="{g(5)}" name="Kari"><Description>Came late.</Description>'
    + f'<VariableValue><VariableRef targetGUID="{g(4)}"/><IntegerValue>12</IntegerValue>'
    + f'</VariableValue><SourceRef targetGUID="{g(6)}"/></Case></Cases>'
    + "<Sources>"
    + text(
        6,
        "shed.txt",
        "I: Well?\nKari: The shed is full.",
        selection(7, 15, 23, coding(8, 2, ANE) + coding(9, 2, BO), "The shed")
        + selection(10, 24, 31, f'<Description>So?</Description><NoteRef targetGUID="{g(20)}"/>')
        + selection(11, 0, 8, coding(12, 3)),
    )
    + "</Sources>"
    + f'<Notes><Note guid="{g(20)}" name="Why" creatingUser="{BO}">'
    + "<PlainTextContent>Ask her.</PlainTextContent></Note></Notes>"
)
"""A project of one text with two coders and nobody, a comment, a note, a case, an attribute."""

SPOKEN = (
    f'<AudioSource guid="{g(30)}" name="shed.m4a"><Transcript guid="{g(31)}" name="shed">'
    + "<PlainTextContent>I: Well?\nKari: The shed 👩 is full.</PlainTextContent>"
    + f'<SyncPoint guid="{g(32)}" position="0" timeStamp="250"/>'
    + f'<SyncPoint guid="{g(33)}" position="9" timeStamp="5400"/>'
    + "</Transcript></AudioSource>"
)
"""A recording with a transcript of two turns, and a time mark at each."""
