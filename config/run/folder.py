from pathlib import Path


def make(data: Path) -> Path:
    """The data folder, absolute. Others may pass through it, as the servers do when we are root."""
    data = data.absolute()
    if not data.exists():
        data.mkdir(parents=True)
        data.chmod(0o711)
    (data / "logs").mkdir(exist_ok=True)
    return data
