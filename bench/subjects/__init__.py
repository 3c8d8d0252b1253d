"""What is measured: a module each, with `NAME` and `serving`, a context manager of a `Served`."""
