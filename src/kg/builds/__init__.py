"""What is served, built once and kept on disk (between storeys 3 and 4)."""
