"""Whatever leaves the house goes by the proxy, if there is one."""

import base64
import contextlib
import socket
import socketserver
import threading

import pytest
from django.core import mail

from core import outgoing


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    mails: list[str]
    asked: list[str]
    to: tuple[str, int]


class Handler(socketserver.StreamRequestHandler):
    server: Server


class Post(Handler):
    """As much of an SMTP server as takes a mail."""

    def handle(self):
        self.say("220 mail.example")
        while line := self.rfile.readline().strip().decode():
            word = line.split()[0].upper()
            if word == "DATA":
                self.say("354 go on")
                self.server.mails.append(self.read_mail())
            self.say("221 bye" if word == "QUIT" else "250 ok")

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def read_mail(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines).decode()


class ConnectProxy(Handler):
    """HTTP CONNECT, for who says the password; everybody is sent to the same place."""

    def handle(self):
        head = list(iter(self.rfile.readline, b"\r\n"))
        self.server.asked.append(head[0].decode().split()[1])
        login = base64.b64encode(b"parley:secret")
        if not any(line.lower().startswith(b"proxy-authorization") and login in line for line in head):
            self.wfile.write(b"HTTP/1.1 407 Who are you\r\n\r\n")
            return
        with socket.create_connection(self.server.to, 5) as onward:
            # With the first words of a server that speaks first, as a network may bring them.
            first = onward.recv(65536)
            self.wfile.write(b"HTTP/1.1 200 Go on\r\n\r\n" + first)
            back = threading.Thread(target=pour, args=(onward, self.connection), daemon=True)
            back.start()
            pour(self.connection, onward)
            back.join(5)


def pour(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def served(handler, **facts):
    with Server(("127.0.0.1", 0), handler) as server:
        vars(server).update(facts)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def post(settings):
    settings.EMAIL_BACKEND = "core.mail.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "mail.example", 5
    with served(Post, mails=[]) as server:
        yield server


@pytest.fixture
def proxy(post):
    with served(ConnectProxy, asked=[], to=post.server_address) as server:
        yield server


def address(proxy, password="secret"):
    return f"http://parley:{password}@127.0.0.1:{proxy.server_address[1]}"


def test_mail_goes_by_the_proxy(post, proxy, settings):
    settings.OUTGOING_PROXY, settings.EMAIL_PORT = address(proxy), 2525
    mail.send_mail("你好", "Vera waits.", "parley@example.com", ["bob@example.com"])
    assert proxy.asked == ["mail.example:2525"]
    assert "Vera waits." in post.mails[0]


def test_without_a_proxy_mail_goes_straight(post, settings):
    settings.OUTGOING_PROXY = ""
    settings.EMAIL_HOST, settings.EMAIL_PORT = post.server_address
    mail.send_mail("Hello", "Straight.", "parley@example.com", ["bob@example.com"])
    assert "Straight." in post.mails[0]


@pytest.mark.parametrize("rule", ["127.0.0.0/8", "127.0.0.1"])
def test_exceptions_go_straight(post, proxy, settings, rule):
    settings.OUTGOING_PROXY, settings.OUTGOING_DIRECT = address(proxy), [rule]
    outgoing.connect(*post.server_address).close()
    assert proxy.asked == []


def test_a_domain_may_be_an_exception(settings):
    settings.OUTGOING_DIRECT = [".intern.example"]
    assert outgoing._is_direct("mail.intern.example")
    assert not outgoing._is_direct("intern.example.com")


def test_a_proxy_that_refuses_is_told_without_its_password(post, proxy, settings):
    settings.OUTGOING_PROXY = address(proxy, "wrong-password")
    with pytest.raises(OSError, match="The proxy did not connect") as told:
        outgoing.connect("mail.example", 25)
    assert "wrong-password" not in str(told.value)
    assert told.value.__cause__ is None


def test_a_proxy_that_is_away_is_an_os_error(settings):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    settings.OUTGOING_PROXY = f"socks5://127.0.0.1:{port}"
    with pytest.raises(ConnectionError, match="did not connect"):
        outgoing.connect("mail.example", 25, timeout=2)
