from pathlib import Path


def last_lines(log: Path, count: int = 5, most: int = 4096) -> str:
    """The end of a log, for a message that says why."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - most))
            text = file.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.strip().splitlines()[-count:])
