"""A project with PDFs, formatted documents and last changes, written by hand."""

from refi_files import ANE, BO, USERS, code, codes, coding, g, selection, text

WORDS = "We waited in the hall. Nobody came."
PDF, DOCX, NOTE_DOCX = b"%PDF-1.4 made up", b"PK made up", b"PK a note"
CORNERS = 'firstX="1" firstY="2" secondX="3" secondY="4"'
LATER = f'modifyingUser="{BO}" modifiedDateTime="2020-03-05T10:00:00Z"'
EARLIER = f'creatingUser="{ANE}" creationDateTime="2020-03-04T10:00:00Z"'


def area(number: int, page: int, inside: str = "") -> str:
    """Return an area of a page of a PDF."""
    given = f'guid="{g(number)}" name="area {number}" page="{page}" {CORNERS} {EARLIER} {LATER}'
    return f"<PDFSelection {given}>{inside}</PDFSelection>"


def pdf(number: int, areas: str, marked: str, path: str = "internal://hall.pdf") -> str:
    """Return a PDF with areas of its pages, and selections of its text."""
    words = f"<PlainTextContent>{WORDS}</PlainTextContent>{marked}"
    return (
        f'<PDFSource guid="{g(number)}" name="The hall" path="{path}" {EARLIER}>{areas}'
        f'<Representation guid="{g(number + 50)}" name="words">{words}</Representation></PDFSource>'
    )


TABLE = f'<Representation guid="{g(29)}" plainTextPath="internal://area.txt"/>'
DATED = coding(24, 2, BO).replace("<Coding ", '<Coding creationDateTime="2019-03-02T10:00:00Z" ')
BODY = (
    USERS
    + codes(code(1, "Waiting") + code(2, "Rooms"))
    + f'<Variables><Variable guid="{g(4)}" name="Years" typeOfVariable="Integer">'
    + "<Description>At work.</Description></Variable></Variables>"
    + f'<Cases><Case guid="{g(5)}" name="Kari"><VariableValue><VariableRef targetGUID="{g(4)}"/>'
    + f'<IntegerValue>12</IntegerValue></VariableValue><SourceRef targetGUID="{g(20)}"/></Case>'
    + "</Cases><Sources>"
    + pdf(
        20,
        area(21, 0, coding(22, 1, ANE)) + area(23, 3, TABLE + DATED),
        selection(21, 3, 9, coding(25, 1, ANE), "waited", f"{EARLIER} {LATER}"),
    )
    + text(
        6,
        "shed",
        "The shed is full.",
        selection(7, 4, 8, more=f'creatingUser="{BO}"') + selection(8, 9, 11, coding(9, 1, ANE)),
        f'richTextPath="internal://shed.docx" {EARLIER} {LATER}',
    )
    + f'</Sources><Notes><Note guid="{g(12)}" name="Idea" richTextPath="internal://n.docx" {LATER}>'
    + "<PlainTextContent>Ask again.</PlainTextContent></Note></Notes>"
    + f'<Links><Link guid="{g(30)}" name="shows" originGUID="{g(23)}" targetGUID="{g(7)}"/></Links>'
    + f'<Sets><Set guid="{g(31)}" name="Read"><MemberSource targetGUID="{g(20)}"/></Set></Sets>'
)
"""A PDF with areas, one of them words; formatted documents, changes, a bare selection."""
FILES = {
    "sources/hall.pdf": PDF,
    "sources/area.txt": b"Table 1: rooms",
    "sources/shed.docx": DOCX,
    "sources/n.docx": NOTE_DOCX,
}
