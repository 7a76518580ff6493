"""Places of the province: their names, and finding them in a message."""
