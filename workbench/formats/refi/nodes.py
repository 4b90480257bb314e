"""Elements of REFI-QDA on their way out: values, written into a stream one after the other."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from lxml import etree

from workbench.formats.refi.elements import Kind
from workbench.formats.refi.schema import GUID, NAMESPACES
from workbench.model.framework import stable_id

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_NAME = 100
"""Letters of a quote by which its selection is named."""


class Sink(Protocol):
    """What XML is written into."""

    def write(self, content: bytes, /) -> object:
        """Write on."""


class Node(NamedTuple):
    """One element: its attributes and what stands in it. Of attributes only names may be empty."""

    name: str
    attributes: Mapping[str, str] = {}
    inside: "Iterable[Node] | str" = ()


def put(nodes: Iterable[Node], kind: Kind, stream: Sink) -> None:
    """Write elements as XML in UTF-8 without a byte order mark; the first is the root."""
    space = NAMESPACES[kind]
    with etree.xmlfile(stream, encoding="UTF-8") as xml:
        xml.write_declaration()
        for node in nodes:
            _put(xml, node, space, {None: space})


def _put(xml: Any, node: Node, space: str, nsmap: Mapping[str | None, str] | None = None) -> None:
    given = {name: value for name, value in node.attributes.items() if value or name == "name"}
    with xml.element(f"{{{space}}}{node.name}", given, nsmap=nsmap):
        if isinstance(node.inside, str):
            xml.write(node.inside)
        else:
            for child in node.inside:
                _put(xml, child, space)


def container(name: str, nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield an element around others; nothing where there are none, as it may not be empty."""
    all_of_them = iter(nodes)
    first = next(all_of_them, None)
    if first is not None:
        yield Node(name, {}, _after(first, all_of_them))


def _after(first: Node, others: Iterator[Node]) -> Iterator[Node]:
    yield first
    yield from others


def said(name: str, text: str) -> Iterator[Node]:
    """Yield an element that holds a text, unless that is empty."""
    if text.strip():
        yield Node(name, {}, clean(text))


def refs(name: str, targets: Iterable[str]) -> Iterator[Node]:
    """Yield a reference to each identifier."""
    return (Node(name, {"targetGUID": target}) for target in targets)


def clean(text: str) -> str:
    """Return a text with a mark in place of each character that XML cannot hold.

    >>> clean("a\\x01b")
    'a\ufffdb'
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def one_line(name: str) -> str:
    """Return a name as an attribute can hold it: each stretch of white space one blank.

    >>> one_line(" GP 03,\\n Oslo ")
    'GP 03, Oslo'
    """
    return " ".join(clean(name).split())


def beginning(quote: str) -> str:
    """Return the first words of a quote by which a selection is named, letter by letter.

    At most a hundred letters; what was cut says so. White space is blanks.

    >>> beginning("The shed\\nis full."), len(beginning(150 * "a"))
    ('The shed is full.', 100)
    """
    plain = re.sub(r"\s", " ", quote)
    odd = _NOT_IN_XML.search(plain)
    if odd:
        return plain[: min(odd.start(), LONGEST_NAME - 1)] + "…"
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"


class Identifiers:
    """The identifiers of one file: each in capitals, as ATLAS.ti and MAXQDA want them, and once."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def allot(self, sort: str, own: str, *, beside: str = "") -> str:
        """Return the identifier of a new thing.

        It is its own, unless that is none or something else has it. What stands `beside` may
        have it: NVivo gives a case that of its code.
        """
        fits = GUID.fullmatch(own) and "{" not in own
        shared = (beside, own) in self._of and (sort, own) not in self._of
        found = own.upper() if fits else stable_id("refi-qda", sort, own).upper()
        number = 0
        while found in self._taken and not (shared and fits and not number):
            number += 1
            found = stable_id("refi-qda", sort, f"{own}\x1f{number}").upper()
        self._taken.add(found)
        self._of.setdefault((sort, own), found)
        return found

    def held(self, sort: str, own: str) -> str:
        """Return the identifier of a thing that is in the file; nothing where it is not."""
        return self._of.get((sort, own), "")
