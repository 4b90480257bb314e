"""The parts of the manual's page on studies that are made from the readers' declarations."""

import re

from workbench.formats import study_words
from workbench.model.published import VERDICTS, Verdict
from workbench.project.figures import BY_NAME
from workbench.project.figures.registry import FORMULA, Recipe

MEANS: dict[Verdict, str] = {
    "equal": "the project says what is printed",
    "explained": "it does not, and an entry of the register says why",
    "stated": "no project can compute it, and an entry of the register speaks of it",
    "differs": "it says something else, or the words behind it are others than when it was sealed",
    "not rebuilt": "it cannot be computed; the reason stands beside it",
}
"""What each verdict on a printed cell means."""


def parts() -> dict[str, str]:
    """Return heading → the text below it, for each part that is made."""
    return {
        "The fields of study.yaml": study_words.fields_in_words(),
        "The tables": study_words.tables_in_words().rstrip(),
        "What is printed": study_words.printed_in_words().rstrip(),
        "The verdicts": "\n".join(
            ["| verdict | means |", "|---|---|", *(f"| {v} | {MEANS[v]} |" for v in VERDICTS)]
        ),
        "The figures": figures_in_words(),
    }


def figures_in_words() -> str:
    """Return the list of figures in Markdown: what each takes in `of`, and what it says."""
    rows = ["| figure | of | may have | says |", "|---|---|---|---|"]
    rows += [_row(BY_NAME[name]) for name in sorted(BY_NAME)]
    says = "Worked out from other cells: `own total / own all * 100`."
    return "\n".join([*rows, f"| `{FORMULA}` | `is` |  | {says} |"])


def _row(recipe: Recipe) -> str:
    more = [*map(_code, recipe.optional), *(["attributes or labels"] if recipe.filters else [])]
    needed = ", ".join(map(_code, recipe.needed))
    return f"| `{recipe.name}` | {needed} | {', '.join(more)} | {recipe.says} |"


def _code(word: str) -> str:
    return f"`{word}`"


def renewed(page: str) -> str:
    """Return a page with its made parts made anew: each from its heading to the next."""
    for heading, text in parts().items():
        below = re.compile(rf"(?<=^## {re.escape(heading)}\n).*?(?=^## |\Z)", re.M | re.S)
        page = below.sub(lambda _, text=text: f"\n{text}\n\n", page)  # type: ignore[misc]  # a default keeps this round's text
    return page.rstrip() + "\n"
