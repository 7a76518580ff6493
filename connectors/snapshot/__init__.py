"""The gateway's copy of the releases, and what it says from them without the engine."""
