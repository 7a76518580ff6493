"""Brings messages to channels that have to be called: in order, each once, whatever the provider or this process does."""
