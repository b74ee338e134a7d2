import sys
from pathlib import Path


class Tail:
    """Shows on the terminal what is added to a file from now on."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.position = file.stat().st_size if file.exists() else 0

    def show(self) -> None:
        if not self.file.exists() or self.file.stat().st_size <= self.position:
            return
        with self.file.open("rb") as file:
            file.seek(self.position)
            added = file.read()
        self.position += len(added)
        sys.stdout.write(added.decode(errors="replace"))
        sys.stdout.flush()
