"""Approval by a second person: the rules, the workflow step, and the pages where it happens."""
