"""Measurements, side by side: `make bench`, or `python -m bench --help`."""
