"""What is compared as a file: made only when somebody asks for it."""

import streamlit as st

from workbench.project.agreement_page import Comparison
from workbench.ui import downloads
from workbench.ui.words import _


def buttons(of: Comparison) -> None:
    """Offer the numbers, pairs and differences as an Excel workbook, the numbers as csv."""
    with st.popover(_("Save as"), width="stretch"):
        st.caption(
            _(
                "The workbook has the choices on its cover, the numbers, each two sides, and the "
                "differences with their words; csv has the numbers."
            )
        )
        for ending, label in ((".xlsx", _("Excel")), (".csv", _("csv"))):
            framework = (of.framework or "").replace("@", "-")
            downloads.agreement_button(label, of, f"{framework}-agreement-{of.unit}{ending}")
