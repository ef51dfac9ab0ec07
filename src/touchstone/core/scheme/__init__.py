"""Scheme packs: their parts, how they are loaded from TOML, and what makes one sound."""
