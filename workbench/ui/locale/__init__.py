"""The texts of the interface in other languages."""
