"""Every act of the researcher: one function, one transaction, one entry in the history.

Page, command line and Python call the same functions: `edits.code(project, …)`.
"""

from workbench.project.edits.cases import add_cases, assign_case, set_attribute
from workbench.project.edits.charting import (
    change_statement,
    mark_cell,
    review_cell,
    withdraw_statement,
    write_statement,
)
from workbench.project.edits.codings import change_coding, withdraw_coding, withdraw_codings
from workbench.project.edits.decisions import decide
from workbench.project.edits.frameworks import add_framework, release
from workbench.project.edits.indexing import (
    code,
    code_places,
    code_quote,
    code_several,
    finish,
    start_run,
)
from workbench.project.edits.interpretation import add_link, cite_for_link, withdraw_link
from workbench.project.edits.mapping import (
    add_ladder,
    add_node,
    add_typology,
    connect,
    feed,
    place_case,
    rename_node,
    set_facet,
    withdraw_node,
)
from workbench.project.edits.matrices import import_matrix
from workbench.project.edits.notes import add_memo, log_reading, record_decision
from workbench.project.edits.people import add_person, change_person, change_setting
from workbench.project.edits.registry import ACTS, edit
from workbench.project.edits.reporting import quote_in_report, record_count
from workbench.project.edits.studies import correct_transcripts, finish_runs, set_up_study
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
    import_transcripts,
    set_speaker_role,
)

__all__ = [
    "ACTS",
    "add_cases",
    "add_framework",
    "add_ladder",
    "add_link",
    "add_memo",
    "add_node",
    "add_person",
    "add_typology",
    "assign_case",
    "change_coding",
    "change_header",
    "change_person",
    "change_setting",
    "change_statement",
    "cite_for_link",
    "code",
    "code_places",
    "code_quote",
    "code_several",
    "connect",
    "correct_transcripts",
    "decide",
    "edit",
    "feed",
    "finish",
    "finish_runs",
    "import_cases",
    "import_cells",
    "import_codings",
    "import_counts",
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
    "import_spans",
    "import_statements",
    "import_taguette",
    "import_transcripts",
    "log_reading",
    "mark_cell",
    "place_case",
    "quote_in_report",
    "record_count",
    "record_decision",
    "release",
    "rename_node",
    "review_cell",
    "set_attribute",
    "set_facet",
    "set_speaker_role",
    "set_up_study",
    "start_run",
    "withdraw_coding",
    "withdraw_codings",
    "withdraw_link",
    "withdraw_node",
    "withdraw_statement",
    "write_statement",
]
