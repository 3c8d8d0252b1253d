"""Storey 2, on the dataset: published versions on disk, and what changed between two states."""
