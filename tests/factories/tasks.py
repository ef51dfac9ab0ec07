"""Tasks for worker processes: each leaves a trace in a folder, so that a test knows who did what."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Task:
    """Gives the number of the task and its process; ends that where it is told to, so many times."""

    folder: Path
    killed_at: int = -1
    times: int = 0
    gives_up: bool = False

    def __call__(self, task: int) -> tuple[int, int]:
        tries = self.folder / f"{task}.{os.getpid()}"
        tries.touch()
        if task == self.killed_at and len(list(self.folder.glob(f"{task}.*"))) <= self.times:
            if self.gives_up:
                os._exit(3)
            os.kill(os.getpid(), signal.SIGKILL)
        return task, os.getpid()
