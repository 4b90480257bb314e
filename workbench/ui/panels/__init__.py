"""Panels: what a page opens beside its main view."""
