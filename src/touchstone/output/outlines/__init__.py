"""The outlines of countries, from Natural Earth; their source and licence stand in LICENCE.md."""
