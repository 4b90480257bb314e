"""Panels of the page of frameworks."""
