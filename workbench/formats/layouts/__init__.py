"""Layouts: how turns, speakers and times are written down in a running text."""
