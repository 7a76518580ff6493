"""Turning a message into numbers."""
