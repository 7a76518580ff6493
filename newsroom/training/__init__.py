"""Trained models: archives, their approval, and which one the engines load."""
