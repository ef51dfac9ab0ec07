"""Processes that tests start and wait for."""

import os
import time


def gone(process: int) -> bool:
    """Whether a process has ended; it may take a moment."""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
