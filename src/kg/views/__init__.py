"""Storey 3: descriptions in the form that someone asked for; never imports the store."""
