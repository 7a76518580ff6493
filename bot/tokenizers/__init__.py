"""Cutting a message into words."""
