"""The passage of a case: its states, the steps between them, who may take them, and conflicts of interest."""
