"""Storey 0: RDF formats, namespaces and content negotiation; knows nothing of `kg` above it."""
