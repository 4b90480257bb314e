"""The parts of the page on the project: each fetches, shows, and calls one act at a time."""
