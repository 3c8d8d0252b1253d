"""Storey 1: places in texts that are held beside the data, as offsets and digests."""
