"""Storey 1: a report in each format that people and programs read, from the same findings."""
