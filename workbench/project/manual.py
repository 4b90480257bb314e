"""The manual: one Markdown file a page, the same in the app and on the command line."""

from importlib import resources

from workbench.errors import UnknownName


def _pages() -> dict[str, str]:
    folder = resources.files("workbench") / "help"
    return {
        item.name.removesuffix(".md"): item.read_text(encoding="utf-8")
        for item in sorted(folder.iterdir(), key=lambda i: i.name)
        if item.name.endswith(".md")
    }


def page(name: str) -> str:
    """Return a page as Markdown.

    Raises:
        UnknownName: there is no such page.
    """
    pages = _pages()
    if name not in pages:
        raise UnknownName("page of the manual", name, sorted(pages))
    return pages[name]


def contents() -> str:
    """Return the list of pages, each with its title."""
    lines = [f"{name:<14}{text.splitlines()[0].lstrip('# ')}" for name, text in _pages().items()]
    return "\n".join(["Pages of the manual (workbench help PAGE):", *lines])
