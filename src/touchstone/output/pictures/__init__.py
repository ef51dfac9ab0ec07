"""Pictures of figures, drawn once for every form of a report."""
