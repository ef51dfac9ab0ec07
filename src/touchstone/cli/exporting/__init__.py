"""The whole public register as static files, which any web server can serve."""
