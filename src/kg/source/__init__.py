"""Storey 1: RDF files on disk become a checked source."""
