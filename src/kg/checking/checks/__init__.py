"""The checks, by what they are about; `table.py` lists them all."""
