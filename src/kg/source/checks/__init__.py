"""Checks beyond SHACL (storey 1): what shapes cannot see, as validation results."""
