"""The web-chat channel."""
