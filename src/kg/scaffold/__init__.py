"""Storey 1: new projects and new records, made from files that a project or the package has."""
