"""What a run found, in each format of reports."""
