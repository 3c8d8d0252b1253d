"""A release (storey 4): the data set as a folder for archives and for tools of other kinds."""
