"""The names that others may rely on: a change here is a change for them."""

import inspect
import re
from collections.abc import Iterator

import pytest

import workbench
from workbench import edits, errors, views

PUBLIC = ["Project", "__version__", "create", "edits", "errors", "open", "views"]

EDITS = [
    "ACTS",
    "add_cases",
    "add_category",
    "add_code",
    "add_finding",
    "add_framework",
    "add_ladder",
    "add_link",
    "add_memo",
    "add_node",
    "add_person",
    "add_typology",
    "adopt_steps",
    "answer_migration",
    "assign_case",
    "begin_draft",
    "begin_framework",
    "change_attribute_type",
    "change_cases",
    "change_category",
    "change_code",
    "change_coding",
    "change_finding",
    "change_header",
    "change_ladder",
    "change_link",
    "change_memo",
    "change_node",
    "change_own_statement",
    "change_person",
    "change_profile",
    "change_setting",
    "change_settings",
    "change_statement",
    "change_typology",
    "cite_for_finding",
    "cite_for_link",
    "cite_words",
    "code",
    "code_in_vivo",
    "code_places",
    "code_quote",
    "code_several",
    "confirm_coding",
    "connect",
    "connect_several",
    "correct_transcript",
    "correct_transcripts",
    "decide",
    "decide_cell",
    "decide_difference",
    "describe_transcript",
    "disconnect",
    "edit",
    "feed",
    "fill_cell",
    "fill_cells",
    "finish",
    "finish_own_cells",
    "finish_runs",
    "import_answers",
    "import_cases",
    "import_cells",
    "import_codings",
    "import_counts",
    "import_database",
    "import_decisions",
    "import_facets",
    "import_ladder",
    "import_links",
    "import_matrix",
    "import_meetings",
    "import_memos",
    "import_placements",
    "import_quotations",
    "import_readings",
    "import_refi",
    "import_segments",
    "import_spans",
    "import_statements",
    "import_summaries",
    "import_taguette",
    "import_transcripts",
    "log_reading",
    "mark_cell",
    "merge",
    "merge_codes",
    "migrate",
    "move_case",
    "move_category",
    "move_code",
    "move_node",
    "move_statement",
    "place_case",
    "place_coding",
    "place_codings",
    "place_memo",
    "plan_charting",
    "plan_round",
    "propose_from_difference",
    "pseudonymise",
    "quote_in_report",
    "record_count",
    "record_decision",
    "release",
    "remove_originals",
    "rename_attribute",
    "rename_case",
    "rename_ladder",
    "rename_node",
    "rename_round",
    "retire_category",
    "retire_code",
    "review_cell",
    "set_attribute",
    "set_attributes",
    "set_facet",
    "set_speaker_role",
    "set_up_study",
    "split_code",
    "start_run",
    "take_chart_back",
    "unassign_case",
    "uncite_finding",
    "uncite_link",
    "unfeed",
    "unplace_case",
    "unset_facet",
    "unverify",
    "verify",
    "withdraw_attribute",
    "withdraw_case",
    "withdraw_coding",
    "withdraw_codings",
    "withdraw_finding",
    "withdraw_ladder",
    "withdraw_link",
    "withdraw_memo",
    "withdraw_node",
    "withdraw_own_statement",
    "withdraw_reading",
    "withdraw_round",
    "withdraw_statement",
    "write_own_statement",
    "write_statement",
]

PROJECT = [
    "acting",
    "chart",
    "check",
    "close",
    "correct",
    "delivered",
    "delivering",
    "export",
    "export_study",
    "frameworks",
    "history",
    "import_files",
    "merge",
    "network",
    "reading",
    "redo",
    "rehearse_import",
    "rehearse_merge",
    "rehearses",
    "rehearsing",
    "search",
    "trace",
    "undo",
    "unplaced",
    "was_delivered",
    "where",
]

ERRORS = {
    "WorkbenchError": None,
    "WrongUse": "WorkbenchError",
    "UnknownName": "WrongUse",
    "AmbiguousName": "WrongUse",
    "BadValue": "WrongUse",
    "BadFile": "WorkbenchError",
    "MissingFile": "BadFile",
    "EmptyFile": "BadFile",
    "BinaryFile": "BadFile",
    "EncryptedFile": "BadFile",
    "FileTooLarge": "BadFile",
    "NotWhatItClaims": "BadFile",
    "UnknownFormat": "BadFile",
    "BrokenFile": "BadFile",
    "BadTable": "BadFile",
    "InvalidFramework": "BadFile",
    "ReleasedFrameworkChanged": "WorkbenchError",
    "OutsideText": "WorkbenchError",
    "QuoteNotFound": "WorkbenchError",
    "QuoteNotUnique": "WorkbenchError",
    "Refused": "WorkbenchError",
    "Unanswered": "Refused",
    "Undefined": "WorkbenchError",
    "ChangedMeanwhile": "WorkbenchError",
    "DeliveredAlready": "WorkbenchError",
    "NothingToUndo": "WorkbenchError",
    "NothingToRedo": "WorkbenchError",
    "SearchTooSlow": "WorkbenchError",
    "NoWayBack": "WorkbenchError",
    "UndoBlocked": "WorkbenchError",
    "StoreError": "WorkbenchError",
    "NotAProject": "StoreError",
    "ProjectExists": "StoreError",
    "ProjectBusy": "StoreError",
    "NewerSchema": "StoreError",
    "OlderSchema": "StoreError",
    "StoreUnreachable": "StoreError",
    "StoreRefused": "StoreError",
    "MissingExtra": "WorkbenchError",
    "CannotWrite": "WorkbenchError",
    "FrameMismatch": "WorkbenchError",
}
"""Each class of error and what it is a kind of."""


def classes() -> dict[str, str | None]:
    """Return the classes of `errors` with their base, in the order of the file."""
    found = {}
    for name, thing in vars(errors).items():
        if inspect.isclass(thing) and thing.__module__ == errors.__name__:
            base = thing.__bases__[0]
            found[name] = None if base is Exception else base.__name__
    return found


def drawn() -> Iterator[tuple[str, str | None]]:
    """Yield the classes of the tree at the top of errors.py with what each hangs from."""
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([│├└─ ]*)([A-Z]\w+)(?:  .*)?$", line)
        if found and (found[1] or not above):
            depth = len(found[1]) // 4
            above[depth:] = [found[2]]
            yield found[2], above[depth - 1] if depth else None


def documented() -> Iterator[tuple[str, object]]:
    """Yield every public name with what stands behind it, methods of a project included."""
    for name in PUBLIC:
        if name != "__version__":
            yield name, getattr(workbench, name)
    for name in EDITS:
        if name != "ACTS":
            yield f"edits.{name}", getattr(edits, name)
    for name in PROJECT:
        yield f"Project.{name}", getattr(workbench.Project, name)
    for name in ERRORS:
        yield f"errors.{name}", getattr(errors, name)
    for name, thing in vars(views).items():
        ours = inspect.isfunction(thing) and thing.__module__.startswith("workbench.project.")
        if ours and name[0] != "_":
            yield f"views.{name}", thing


def test_the_package_offers_these_names_and_no_others() -> None:
    assert sorted(workbench.__all__) == sorted(PUBLIC)
    assert all(hasattr(workbench, name) for name in PUBLIC)


def test_the_acts_are_these() -> None:
    assert sorted(edits.__all__) == EDITS
    functions = {f.__name__ for f in edits.ACTS.values()}
    assert functions == set(EDITS) - {"ACTS", "edit"}


def test_a_project_can_do_this() -> None:
    assert sorted(n for n in dir(workbench.Project) if not n.startswith("_")) == PROJECT


def test_the_errors_are_these() -> None:
    assert classes() == ERRORS


def test_the_tree_at_the_top_of_errors_is_the_tree_below() -> None:
    assert dict(drawn()) == classes()


@pytest.mark.parametrize(
    ("name", "thing"), list(documented()), ids=lambda v: v if type(v) is str else ""
)
def test_every_public_name_says_what_it_is(name: str, thing: object) -> None:
    said = vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__
    assert said is not None, name
    assert said.strip().split("\n\n")[0].rstrip().endswith((".", "…", ")", "]")), name
    assert len(said.strip()) > 15


def test_every_error_is_caught_as_one() -> None:
    for name in ERRORS:
        assert issubclass(getattr(errors, name), workbench.errors.WorkbenchError)
        assert getattr(errors, name).exit_code in (1, 2)
