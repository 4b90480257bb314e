"""What a Word document says of itself: title, and properties of our own."""

import datetime
from collections.abc import Mapping
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from workbench.formats.graphml import visible

_OWN = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Whose properties these are: the identifier that Office gives those of users."""


def set_properties(document: Any, title: str, properties: Mapping[str, str]) -> None:
    """Set title and own properties; those of the template's author go."""
    core = document.core_properties
    core.title, core.author, core.comments, core.last_modified_by = visible(title)[:255], "", "", ""
    core.created = core.modified = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    package = document.part.package
    for key, held in list(package.rels.items()):
        if held.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:
            del package.rels[key]
    if properties:
        part = Part(PackURI("/docProps/custom.xml"), _CONTENT, _xml(properties), package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _xml(properties: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{_OWN}}}Properties", nsmap={None: _OWN, "vt": _TYPES})
    for number, (name, value) in enumerate(properties.items(), start=2):
        of = {"fmtid": _FORMAT, "pid": str(number), "name": visible(name)}
        own = etree.SubElement(root, f"{{{_OWN}}}property", of)
        etree.SubElement(own, f"{{{_TYPES}}}lpwstr").text = visible(value)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
