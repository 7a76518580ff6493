"""The HTTP interface for the other programs."""
