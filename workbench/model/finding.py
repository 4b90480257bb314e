"""Findings: what the analysis claims; and the check of quotations against the transcripts."""

from typing import Literal

VerificationOutcome = Literal["as said", "differs", "out of context"]
VERIFICATION_OUTCOMES: tuple[VerificationOutcome, ...] = ("as said", "differs", "out of context")
"""The words stand in the transcript as they are quoted; they do not; they do, but what stands
around them gives them another sense than the place that quotes them."""
