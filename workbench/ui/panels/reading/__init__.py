"""What stands beside a transcript while it is read for the first time."""
