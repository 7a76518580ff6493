"""Releases and retractions: what residents may be told. Rows are only ever added."""
