class CannotRun(Exception):
    """Parley can't start or go on; the message is for whoever started it."""
