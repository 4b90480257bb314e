"""Panels of the page of agreement: what is compared, its numbers, and the differences."""
