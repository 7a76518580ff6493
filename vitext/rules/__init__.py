"""The priority-1 rules as data: one module per kind of danger, and the circumstances that raise or lower a hit."""
