"""Starting, preparing and testing an installation from a checkout."""
