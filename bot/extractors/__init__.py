"""Reading places out of a message."""
