"""A project with links, values and references to what nothing here is like, written by hand."""

from refi_files import ANE, USERS, code, codes, coding, g, selection, text

WORDS = "The shed is full. Nobody has a key. We went home."
CORNERS = 'firstX="1" firstY="2" secondX="3" secondY="4"'


def value(of: int, kind: str, said: str) -> str:
    """Return a value of an attribute."""
    held = f"<{kind}Value>{said}</{kind}Value>"
    return f'<VariableValue><VariableRef targetGUID="{g(of)}"/>{held}</VariableValue>'


def picture(number: int, name: str, inside: str, more: str = "") -> str:
    """Return a picture with a part, and with words about it that stand in a file."""
    part = f'<PictureSelection guid="{g(number + 1)}" name="part of {name}" {CORNERS}>{inside}'
    start = f'<PictureSource guid="{g(number)}" name="{name}">'
    about = f'<TextDescription guid="{g(number + 2)}" plainTextPath="internal://{name}.txt">'
    about += selection(number + 3, 7, 12, coding(number + 4, 1, ANE), "the 👩 ")
    about += f"{value(41, 'Text', 'by phone')}</TextDescription>"
    return f"{start}{about}{part}</PictureSelection>{more}</PictureSource>"


def note(number: int, name: str, inside: str = "") -> str:
    """Return a note."""
    words = f"<PlainTextContent>About {name}.</PlainTextContent>"
    return f'<Note guid="{g(number)}" name="{name}" creatingUser="{ANE}">{words}{inside}</Note>'


def link(number: int, origin: int, target: int, more: str, inside: str = "") -> str:
    """Return a link."""
    ends = f'originGUID="{g(origin)}" targetGUID="{g(target)}"'
    return f'<Link guid="{g(number)}" {ends} {more}>{inside}</Link>'


def ref(kind: str, number: int) -> str:
    """Return a reference."""
    return f'<{kind}Ref targetGUID="{g(number)}"/>'


LATER = f'modifyingUser="{ANE}" modifiedDateTime="2020-03-05T10:00:00Z"'
COMMENT = "<Description>So?</Description>"
BODY = (
    USERS
    + codes(code(3, "Sheds", ref("Note", 80) + code(1, "Room"), "false") + code(2, "Keys"))
    + f'<Variables><Variable guid="{g(40)}" name="Years" typeOfVariable="Integer"/>'
    + f'<Variable guid="{g(41)}" name="How" typeOfVariable="Text"/></Variables>'
    + f'<Cases><Case guid="{g(50)}" name="Kari">{ref("Code", 2)}{value(40, "Integer", "12")}'
    + f"{ref('Source', 6)}{ref('Source', 60)}{ref('Selection', 61)}</Case>"
    + f'<Case guid="{g(51)}" name="Ola"></Case></Cases><Sources>'
    + text(
        6,
        "shed",
        WORDS,
        selection(7, 4, 8, coding(8, 1, ANE), "shed")
        + selection(9, 12, 16, COMMENT, "full", LATER)
        + selection(10, 25, 28, COMMENT, "has")
        + selection(11, 36, 38, ref("Note", 81), "We"),
    )
    + picture(60, "gate", ref("Note", 82), value(41, "Text", "a print"))
    + picture(70, "yard", ref("Note", 81), value(41, "Text", "a scan") + value(40, "Integer", "7"))
    + f"</Sources><Notes>{note(80, 'folder')}{note(81, 'we')}{note(82, 'gate')}"
    + note(83, "years", value(40, "Integer", "3") + value(41, "Text", "on paper"))
    + f"{note(84, 'links')}{note(85, 'twice')}</Notes><Links>"
    + link(90, 83, 84, 'name="goes with" direction="Bidirectional" color="#00aaff"')
    + link(91, 82, 71, 'name="Memo-Quotation Relation" direction="OneWay" color="#000000"')
    + link(92, 9, 10, 'name="contradicts" direction="OneWay"', ref("Note", 84))
    + link(93, 11, 7, 'name="explains" direction="Associative"')
    + link(94, 85, 2, 'name="of keys"')
    + link(95, 50, 85, 'name="of Kari" direction="OneWay"')
    + "</Links>"
)
FILES = {f"sources/{name}.txt": "a\r\nof\rthe 👩 gate".encode() for name in ("gate", "yard")}
