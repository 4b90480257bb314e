"""HTML as plain text, with every position of its text nodes kept.

The text is the document's text nodes, one after another and unchanged, with a line
break put in where one block (paragraph, heading, list item, table row) ends and the
next begins and the source has no line break of its own, one for each `<br>`, and a
tab between the cells of a row. Nothing else is added and nothing taken away, so a
position in the text nodes becomes a position in the text by counting what was put
in before it. The document is parsed as data: nothing is fetched, run or shown.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from lxml import etree

from workbench.model.segments import Ints

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p "
        "pre section summary table tbody tfoot thead title tr ul",
    )
)
_CELLS = frozenset(("td", "th"))
_BLANK = " \t\n\f"
"""White space as HTML has it; a no-break space is a letter here."""


@dataclass(frozen=True, slots=True)
class HtmlText:
    """The text of a document and where its text nodes stand in it.

    `source` are the text nodes end to end; `put_in` holds, for each line break or tab
    that is in `text` and not in `source`, the place in `source` before which it stands.
    """

    text: str
    source: str
    put_in: Ints
    pictures: int
    byte_of: Ints = field(repr=False)
    """Where each code point of `source` begins in its UTF-8 bytes; last, their number."""
    anchors: tuple[tuple[str, int, int], ...] = ()
    """The name of each `<a name=…>`, and its segment of `text`."""

    def segment(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the segment of `text` at the UTF-8 bytes `first:last` of the text nodes.

        None when the bytes lie outside, hold nothing, or begin or end inside a letter.

        >>> html_text("<p>kø</p><p>å 👩 b</p>").segment(5, 10)
        (4, 6)
        """
        if not 0 <= first < last <= int(self.byte_of[-1]):
            return None
        begin, end = (int(i) for i in np.searchsorted(self.byte_of, [first, last]))
        if self.byte_of[begin] != first or self.byte_of[end] != last:
            return None
        before = np.searchsorted(self.put_in, [begin, end - 1], "right")
        return begin + int(before[0]), end + int(before[1])


def html_text(html: str, without: Collection[str] = ()) -> HtmlText:
    """Return the text of an HTML document or fragment.

    `without` are elements whose content is passed over, such as `style`.

    >>> html_text("<h1>Kø</h1><p>a &lt;b&gt;<br>c</p>\\n<p>d</p>").text
    'Kø\\na <b>\\nc\\nd'
    """
    target = _Target(without)
    parser = etree.HTMLParser(target=target, no_network=True, huge_tree=True)
    parser.feed("<div>")
    parser.feed(html.replace("\0", ""))
    parser.feed("</div>")
    parser.close()
    source = "".join(target.source)
    put_in = np.array(target.put_in, np.int64)
    return HtmlText(
        text=_storable("".join(target.text)),
        source=source,
        put_in=put_in,
        pictures=target.pictures,
        byte_of=_byte_of(source),
        anchors=tuple(_placed(target.anchors, put_in)),
    )


def _placed(anchors: list[tuple[str, int, int]], put_in: Ints) -> Iterator[tuple[str, int, int]]:
    """Yield anchors with their places in the text instead of in the text nodes."""
    for name, first, last in anchors:
        before = np.searchsorted(put_in, [first, max(first, last - 1)], "right")
        yield name, first + int(before[0]), last + int(before[1])


def _storable(text: str) -> str:
    """Return a text of the same length without what is cut off or joined when it is stored."""
    text = text.replace("\r", "\n")
    return " " + text[1:] if text.startswith("\ufeff") else text


def _byte_of(text: str) -> Ints:
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    sizes = 1 + (points >= 0x80) + (points >= 0x800) + (points >= 0x10000)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


class _Target:
    """Collects text nodes, and what must be put in between them."""

    def __init__(self, without: Collection[str] = ()) -> None:
        self.anchors: list[tuple[str, int, int]] = []
        self._without, self._passed_over = frozenset(without), 0
        self._open: list[tuple[str, int]] = []
        self.source: list[str] = []
        self.text: list[str] = []
        self.put_in: list[int] = []
        self.pictures = 0
        self._length = 0
        self._node: list[str] = []
        self._breaks, self._block, self._cell = 0, False, False
        self._line_has_words = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._end_node()
        self._passed_over += tag in self._without
        self._block = self._block or tag in _BLOCKS
        self._cell = self._cell or tag in _CELLS
        self._breaks += tag == "br"
        self.pictures += tag == "img"
        if tag == "a":
            self._open.append((attributes.get("name", ""), self._length))

    def end(self, tag: str) -> None:
        self._end_node()
        self._passed_over -= tag in self._without
        if tag == "a" and self._open:
            name, first = self._open.pop()
            if name:
                self.anchors.append((name, first, self._length))
        self._block = self._block or tag in _BLOCKS

    def data(self, data: str) -> None:
        if not self._passed_over:
            self._node.append(data)

    def close(self) -> None:
        self._end_node()

    def _end_node(self) -> None:
        """Take the text node that ends here, and what must stand before it."""
        node = "".join(self._node)
        self._node.clear()
        if not node:
            return
        words = node.lstrip(_BLANK)
        own = node.count("\n", 0, len(node) - len(words))
        if words or own:
            self._put_in_before(own)
        self.source.append(node)
        self.text.append(node)
        self._length += len(node)
        line = node.rpartition("\n")[2]
        self._line_has_words = bool(line.strip(_BLANK)) or (
            self._line_has_words and "\n" not in node
        )

    def _put_in_before(self, own_breaks: int) -> None:
        wanted = max(self._breaks, int(self._block and self._line_has_words))
        missing = "\n" * (wanted - own_breaks)
        if not wanted and self._cell and self._line_has_words:
            missing = "\t"
        if missing:
            self.text.append(missing)
            self.put_in += [self._length] * len(missing)
            self._line_has_words = False
        self._breaks, self._block, self._cell = 0, False, False
