"""Storey 1, on formats and terms: a client that holds any linked-data site to its contract."""
