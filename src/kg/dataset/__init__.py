"""Storey 2: the publishable dataset: snapshot, addresses, descriptions, stored queries."""
