"""Running text put together from the parts of a document, in reading order.

Paragraphs become lines; the cells of a table row stand in one line, joined with tabs;
a text box follows the paragraph it is anchored in.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


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

    @property
    def in_paragraph(self) -> bool:
        """Whether words written now have a paragraph to stand in."""
        return bool(self._paragraphs[-1])

    def open_paragraph(self) -> None:
        """Begin a paragraph, or go on with one whose end was taken away."""
        self._paragraphs[-1].append(self._joined[-1] or _Paragraph())
        self._joined[-1] = None

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

    def close_cell(self) -> None:
        """End a cell of the present row."""
        lines = self._close_container()
        if self._rows:
            self._rows[-1].append("\n".join(lines))
        else:
            self._lines[-1] += lines

    def close_row(self) -> None:
        """End a row: one line, its cells joined with tabs."""
        cells = self._rows.pop()
        if cells:
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
