"""Every act of the researcher: one function, one transaction, one entry in the history.

Page, command line and Python call the same functions: `edits.code(project, …)`.
"""

from workbench.project.edits.adopting import adopt_steps
from workbench.project.edits.answers import import_answers
from workbench.project.edits.attributes import (
    change_attribute_type,
    rename_attribute,
    set_attribute,
    set_attributes,
    withdraw_attribute,
)
from workbench.project.edits.case_grid import change_cases
from workbench.project.edits.cases import (
    add_cases,
    assign_case,
    move_case,
    rename_case,
    unassign_case,
    withdraw_case,
)
from workbench.project.edits.charting import (
    change_statement,
    mark_cell,
    move_statement,
    review_cell,
    withdraw_statement,
    write_statement,
)
from workbench.project.edits.charting_rounds import plan_charting
from workbench.project.edits.citing import cite_words
from workbench.project.edits.climbing import (
    connect,
    connect_several,
    disconnect,
    feed,
    move_node,
    unfeed,
)
from workbench.project.edits.codings import change_coding, withdraw_coding, withdraw_codings
from workbench.project.edits.correcting import (
    correct_transcript,
    place_coding,
    place_codings,
    place_memo,
)
from workbench.project.edits.deciding_cells import decide_cell
from workbench.project.edits.decisions import decide
from workbench.project.edits.differing import decide_difference, propose_from_difference
from workbench.project.edits.draft_codes import (
    add_code,
    change_code,
    merge_codes,
    move_code,
    retire_code,
    split_code,
)
from workbench.project.edits.drafting import (
    add_category,
    begin_draft,
    begin_framework,
    change_category,
    move_category,
    retire_category,
)
from workbench.project.edits.facets import set_facet, unset_facet
from workbench.project.edits.filling import fill_cell, fill_cells
from workbench.project.edits.findings import (
    add_finding,
    change_finding,
    cite_for_finding,
    uncite_finding,
    withdraw_finding,
)
from workbench.project.edits.frameworks import add_framework, release
from workbench.project.edits.in_vivo import code_in_vivo
from workbench.project.edits.indexing import (
    code,
    code_places,
    code_quote,
    code_several,
    finish,
    start_run,
)
from workbench.project.edits.interpretation import (
    add_link,
    change_link,
    cite_for_link,
    uncite_link,
    withdraw_link,
)
from workbench.project.edits.mapping import (
    add_ladder,
    add_node,
    change_ladder,
    change_node,
    rename_ladder,
    rename_node,
    withdraw_ladder,
    withdraw_node,
)
from workbench.project.edits.matrices import import_matrix
from workbench.project.edits.merging import merge
from workbench.project.edits.migrating import answer_migration, confirm_coding, migrate
from workbench.project.edits.notes import (
    add_memo,
    change_memo,
    log_reading,
    record_decision,
    withdraw_memo,
    withdraw_reading,
)
from workbench.project.edits.own_cells import (
    change_own_statement,
    finish_own_cells,
    withdraw_own_statement,
    write_own_statement,
)
from workbench.project.edits.people import (
    add_person,
    change_person,
    change_profile,
    change_setting,
    change_settings,
)
from workbench.project.edits.pseudonyms import pseudonymise
from workbench.project.edits.refi import import_database, import_refi
from workbench.project.edits.registry import ACTS, edit
from workbench.project.edits.removing import remove_originals
from workbench.project.edits.reporting import quote_in_report, record_count
from workbench.project.edits.returning import take_chart_back
from workbench.project.edits.rounds import plan_round, rename_round, withdraw_round
from workbench.project.edits.segments import import_segments
from workbench.project.edits.studies import correct_transcripts, finish_runs, set_up_study
from workbench.project.edits.summaries import import_summaries
from workbench.project.edits.tables import (
    import_cases,
    import_cells,
    import_codings,
    import_spans,
    import_statements,
)
from workbench.project.edits.tables_above import (
    import_facets,
    import_ladder,
    import_links,
    import_placements,
)
from workbench.project.edits.tables_beside import (
    import_counts,
    import_decisions,
    import_meetings,
    import_memos,
    import_quotations,
    import_readings,
)
from workbench.project.edits.taguette import import_taguette
from workbench.project.edits.transcripts import (
    change_header,
    describe_transcript,
    import_transcripts,
    set_speaker_role,
)
from workbench.project.edits.typologies import (
    add_typology,
    change_typology,
    place_case,
    unplace_case,
)
from workbench.project.edits.verification import unverify, verify

__all__ = [
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
