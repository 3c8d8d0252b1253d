"""Storey 4: HTTP; every router is made from the publication it serves."""
