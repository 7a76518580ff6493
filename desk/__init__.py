"""The operators' desk: who waits, what was said, and a person's answers."""
