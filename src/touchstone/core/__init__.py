"""The methodology: pure functions on plain values. No framework, database, clock or network."""
