"""Files that people hand in, read with guards. No database."""
