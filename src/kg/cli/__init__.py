"""Storey 5: the command line. Parse, call the public functions, print, exit."""
