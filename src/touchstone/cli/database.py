"""Commands that need the database make it ready first, and only then import what stands on it."""


def ready() -> None:
    """Start the application's data side; makes and migrates the embedded database on first use."""
    from touchstone.config.startup import ready as make_ready

    make_ready()
