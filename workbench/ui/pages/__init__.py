"""One page a stage, and the project: each fetches, calls and shows."""
