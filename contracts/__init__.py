"""Shapes and rules that cross a border between programs. Standard library only, Python 3.10 syntax."""
