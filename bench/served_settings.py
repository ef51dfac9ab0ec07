"""The installation's own settings with one address more: an empty page, which others are compared with."""

from touchstone.config.settings import *  # noqa: F403  (all of them)

ROOT_URLCONF = "bench.served_addresses"
