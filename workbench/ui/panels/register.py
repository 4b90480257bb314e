"""The register of a study: what its papers contradict themselves in, and whether that holds."""

import streamlit as st

from workbench.project.reproducing import Reproduction
from workbench.ui import show
from workbench.ui.sentences import sentence
from workbench.ui.words import _


def panel(done: Reproduction) -> None:
    """Show every entry with both sides of what it claims; those that fail come first."""
    entries = sorted(done.account.register, key=lambda entry: entry.holds)
    if not entries:
        show.empty(
            _("This study has no register"),
            _("Where a printed cell cannot be rebuilt, an entry of published/register tells why."),
        )
        return
    for entry in entries:
        holds = "✓ " + _("holds") if entry.holds else "✗ " + _("no longer holds")
        with st.container(border=True):
            name, kind = show.plain(entry.entry.entry), show.plain(entry.entry.kind)
            st.markdown(f"**{name}** · {kind} · **{holds}**")
            st.markdown(show.plain(entry.entry.what))
            said = [show.plain(sentence(entry.why))] if entry.why else []
            if entry.sums:
                said.append(_("Checked: {sums}", sums=show.plain(entry.sums)))
            if said:
                st.caption("  \n".join(said))
