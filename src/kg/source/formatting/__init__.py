"""Turtle and TriG in one form (storey 1): read with its comments, sorted, written."""
