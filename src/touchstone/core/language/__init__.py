"""How the program speaks: sentences, numbers, dates and lists in each of its languages."""
