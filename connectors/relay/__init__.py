"""Takes residents' messages to the engine, one conversation at a time, in order, and brings the replies back."""
