class NotStarted(Exception):
    """A server could not be started; the message is one sentence for whoever runs Parley."""
