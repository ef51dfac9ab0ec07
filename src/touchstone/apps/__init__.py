"""The data side: models, the verbs that change them, and who may. Nobody else saves."""
