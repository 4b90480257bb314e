"""What of one framework version may be what of another, for a person to confirm."""

import streamlit as st

from workbench.project import edits, framework_versions
from workbench.project.door import Project
from workbench.ui import show
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_


def panel(project: Project, a: str, b: str) -> None:
    """Show the matches between two versions that tell no steps, and a button that adopts them."""
    rows = framework_versions.proposed_steps(project, a, b).to_dict("records")
    st.markdown(f"**{_('Nobody told the steps between these two. Proposed are:')}**")
    certain = [row for row in rows if row["confidence"] == "certain"]
    if certain:
        st.caption(n_("{n} has the same id", "{n} have the same id", len(certain)))
    with st.form(f"adopt {a} {b}", border=False):
        same = [*certain]
        for row in rows:
            if row["number"] is None or row in certain:
                continue
            label = f"{show.plain(row['before'], 60)} → {show.plain(row['after'], 60)}"
            label += f" ({show.plain(sentence(row['because']))})"
            likely = row["confidence"] == "likely"
            if st.checkbox(label, likely, key=f"same {row['before_id']} {row['after_id']}"):
                same.append(row)
        for step, said in (("retire", _("Retired: {names}")), ("add", _("Added: {names}"))):
            names = [r["before"] or r["after"] for r in rows if r["step"] == step]
            if names:
                st.caption(said.format(names=show.plain(", ".join(names), 400)))
        st.caption(_("Neither version changes: the steps stand beside them."))
        reason = st.text_input(_("Why"), key=f"adopt reason {a} {b}")
        if st.form_submit_button(_("Adopt these steps"), type="primary"):
            pairs = [(r["thing"], r["before_id"], r["after_id"]) for r in same]
            with show.problems():
                edits.adopt_steps(project, a, b, pairs, reason=reason)
                st.rerun()
