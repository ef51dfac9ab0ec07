"""Settings, addresses, checks and start-up of the application."""
