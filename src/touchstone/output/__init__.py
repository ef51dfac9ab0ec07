"""Files that are made from core values: charts, reports, badges, keys. No database."""
