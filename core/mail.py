"""Mail over SMTP as Django sends it, by the proxy where one is set."""

import smtplib
import socket
from typing import Any

from django.core.mail.backends import smtp

from core import outgoing


class _Outgoing(smtplib.SMTP):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return outgoing.connect(host, port, timeout)


class _OutgoingSsl(smtplib.SMTP_SSL, _Outgoing):
    """TLS from the first byte; SMTP_SSL wraps the socket that the class after it opens."""


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> Any:
        return _OutgoingSsl if self.use_ssl else _Outgoing
