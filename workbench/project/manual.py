"""The manual: one Markdown file a page, the same in the app and on the command line."""

from importlib import resources

from workbench.errors import BadValue

ORDER = (
    "start",
    "browser",
    "transcripts",
    "cases",
    "frameworks",
    "indexing",
    "agreement",
    "rounds",
    "charting",
    "mapping",
    "interpretation",
    "finding",
    "excel",
    "exports",
    "history",
    "merging",
    "tables",
    "tools",
    "studies",
    "python",
    "postgres",
    "privacy",
)
"""The pages in the order in which a newcomer wants them."""


def _pages() -> dict[str, str]:
    folder = resources.files("workbench") / "help"
    return {name: (folder / f"{name}.md").read_text(encoding="utf-8") for name in ORDER}


def page(name: str) -> str:
    """Return a page as Markdown.

    Raises:
        BadValue: there is no such page.
    """
    pages = _pages()
    if name not in pages:
        raise BadValue("The page of the manual", name, f"one of {', '.join(pages)}")
    return pages[name]


def titles() -> dict[str, str]:
    """Return page → title, in the order of the manual."""
    return {name: text.splitlines()[0].lstrip("# ") for name, text in _pages().items()}


def section(name: str, heading: str) -> str:
    """Return the part of a page below one of its headings; nothing where it has none such."""
    _, found, rest = page(name).partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0].strip() if found else ""


def contents() -> str:
    """Return the list of pages, each with its title."""
    lines = [f"{name:<16}{title}" for name, title in titles().items()]
    return "\n".join(["Pages of the manual (workbench help PAGE):", *lines])
