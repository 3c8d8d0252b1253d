"""Storey 3: what answers SPARQL; never imports views."""
