"""Engines of SHACL, and what shapes must be for them (storey 1)."""
