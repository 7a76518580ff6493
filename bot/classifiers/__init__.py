"""Deciding what a message asks."""
