"""Running text put together from the parts of a document, in reading order.

Paragraphs become lines; the cells of a table row stand in one line, joined with tabs;
a text box follows the paragraph it is anchored in.
"""

from dataclasses import dataclass, field
from itertools import accumulate

from workbench.formats.textfile import Cell


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    heading: int = 0


class Flow:
    """Takes the parts of a document as they open and close; `text()` is the result.

    >>> flow = Flow()
    >>> flow.open_paragraph(); flow.write("Ana: Yes."); flow.close_paragraph()
    >>> flow.text()
    'Ana: Yes.'
    """

    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]
        self._paragraphs: list[list[_Paragraph]] = [[]]
        self._rows: list[list[str]] = []
        self._joined: list[_Paragraph | None] = [None]
        self._columns: list[list[int]] = []
        self._tables: dict[int, tuple[list[str], list[int]]] = {}
        self._headings: dict[int, int] = {}

    @property
    def in_paragraph(self) -> bool:
        """Whether words written now have a paragraph to stand in."""
        return bool(self._paragraphs[-1])

    def open_paragraph(self) -> None:
        """Begin a paragraph, or go on with one whose end was taken away."""
        self._paragraphs[-1].append(self._joined[-1] or _Paragraph())
        self._joined[-1] = None

    def mark_heading(self, level: int) -> None:
        """Say that the present paragraph is a heading, 1 being the highest."""
        if self._paragraphs[-1]:
            self._paragraphs[-1][-1].heading = level

    def write(self, words: str) -> None:
        """Add words to the present paragraph; outside any they have no place."""
        if self._paragraphs[-1]:
            self._paragraphs[-1][-1].pieces.append(words)

    def close_paragraph(self, *, mark_deleted: bool = False) -> None:
        """End the paragraph; with its mark deleted, the next one continues it."""
        paragraph = self._paragraphs[-1].pop()
        if mark_deleted:
            self._joined[-1] = paragraph
            return
        if paragraph.heading and len(self._lines) == 1:
            self._headings[len(self._lines[0])] = paragraph.heading
        self._lines[-1].append("".join(paragraph.pieces))
        self._lines[-1] += paragraph.boxes

    def open_container(self) -> None:
        """Begin a cell or a text box."""
        self._lines.append([])
        self._paragraphs.append([])
        self._joined.append(None)

    def _close_container(self) -> list[str]:
        left = self._joined.pop()
        lines = self._lines.pop()
        self._paragraphs.pop()
        return lines + (["".join(left.pieces)] if left else [])

    def open_row(self) -> None:
        """Begin a table row."""
        self._rows.append([])
        self._columns.append([0])

    def close_cell(self, wide: int = 1) -> None:
        """End a cell of the present row that is so many columns wide."""
        lines = self._close_container()
        if self._rows:
            self._rows[-1].append("\n".join(lines))
            self._columns[-1].append(self._columns[-1][-1] + wide)
        else:
            self._lines[-1] += lines

    def close_row(self) -> None:
        """End a row: one line, its cells joined with tabs."""
        cells, columns = self._rows.pop(), self._columns.pop()
        if cells:
            if len(self._lines) == 1:
                self._tables[len(self._lines[0])] = (cells, columns)
            self._lines[-1].append("\t".join(cells))

    def close_box(self) -> None:
        """End a text box; its lines follow the paragraph around it."""
        lines = self._close_container()
        if self._paragraphs[-1]:
            self._paragraphs[-1][-1].boxes += lines
        else:
            self._lines[-1] += lines

    def text(self) -> str:
        """Return the whole text; the parts must be closed."""
        left = self._joined[0]
        return "\n".join(self._lines[0] + (["".join(left.pieces)] if left else []))

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return where in the text the cells of each row stand; tables in cells are left out."""
        begins = self._begins()
        out = []
        for line, (cells, columns) in self._tables.items():
            starts = accumulate((len(cell) + 1 for cell in cells), initial=begins[line])
            out.append(
                tuple(
                    Cell(column, start, start + len(cell))
                    for column, start, cell in zip(columns, starts, cells, strict=False)
                )
            )
        return tuple(out)

    def headings(self) -> tuple[tuple[int, int, int], ...]:
        """Return level, start and stop of each heading."""
        begins = self._begins()
        return tuple(
            (level, begins[line], begins[line] + len(self._lines[0][line]))
            for line, level in self._headings.items()
        )

    def _begins(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self._lines[0]), initial=0))
