"""The tables of mapping and interpretation: ladders, typologies and links, with their evidence."""

from sqlalchemy import Column, Integer, Table

from workbench.store.declaring import rows, to, words


def declared() -> tuple[Table, ...]:
    """Declare ladders and what stands on them, typologies and placements, and links."""
    return (*_ladders(), *_typologies(), *_links())


def _ladders() -> tuple[Table, ...]:
    """Declare ladders, their nodes, and what these rest on."""
    return (
        rows(
            "ladder",
            words("name", None),
            words("template", "framework"),
            words("objective"),
            to("framework_version", null=True),
            unique=("name",),
        ),
        rows(
            "node",
            to("ladder"),
            Column("level", Integer),
            words("label", None),
            words("note"),
            Column("position", Integer, nullable=False),
            to("person"),
        ),
        rows(
            "node_edge",
            to("node", "child_id", index=True),
            to("node", "parent_id", index=True),
            words("reason"),
            to("person"),
            unique=("child_id", "parent_id"),
        ),
        rows(
            "node_statement",
            to("node", index=True),
            to("statement", index=True),
            words("reason"),
            to("person"),
            unique=("node_id", "statement_id"),
        ),
        rows(
            "facet",
            to("node", index=True),
            words("scheme", None),
            words("value", None),
            words("basis"),
            unique=("node_id", "scheme"),
        ),
    )


def _typologies() -> tuple[Table, ...]:
    """Declare typologies with their dimensions and types, and where cases are placed."""
    return (
        rows("typology", words("name", None), unique=("name",)),
        rows(
            "dimension",
            to("typology"),
            words("name", None),
            words("options", "[]"),
            Column("position", Integer, nullable=False),
            unique=("typology_id", "name"),
        ),
        rows(
            "case_type",
            to("typology"),
            words("name", None),
            words("definition"),
            words("options", "{}"),
            Column("position", Integer, nullable=False),
            unique=("typology_id", "name"),
        ),
        rows(
            "placement",
            to("typology"),
            to("case"),
            to("case_type"),
            words("reason"),
            unique=("typology_id", "case_id"),
        ),
    )


def _links() -> tuple[Table, ...]:
    """Declare links of nodes, and the words for and against them."""
    return (
        rows(
            "link",
            to("node", "source_id", index=True),
            to("node", "target_id", index=True),
            words("sign", None),
            words("basis", None),
            words("relation"),
            words("groups"),
            words("note"),
            to("person"),
        ),
        rows(
            "link_evidence",
            to("link", index=True),
            to("coding", index=True),
            words("stance", "for"),
            unique=("link_id", "coding_id"),
        ),
    )
