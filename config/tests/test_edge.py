"""The outermost layer: whose word is taken on where a request comes from."""

import pytest

from config import edge, proxies

PROXY = proxies.networks(["172.30.238.0/24", "2001:db8:1::/48"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        # Nothing in front.
        ("203.0.113.9", "", "203.0.113.9"),
        # Who comes without our proxy may say what they like.
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("172.30.238.2", "203.0.113.9", "203.0.113.9"),
        # A client that makes up a beginning.
        ("172.30.238.2", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        # A chain of our own proxies.
        ("172.30.238.2", "198.51.100.7, 203.0.113.9, 172.30.238.3", "203.0.113.9"),
        ("172.30.238.2", "", "172.30.238.2"),
        ("172.30.238.2", "2001:db8::9", "2001:db8::9"),
        ("2001:db8:1::2", "203.0.113.9", "203.0.113.9"),
        ("::ffff:172.30.238.2", "203.0.113.9", "203.0.113.9"),
        # Not an address at all.
        ("172.30.238.2", "unknown", "172.30.238.2"),
        ("172.30.238.2", "<script>", "172.30.238.2"),
        ("", "203.0.113.9", ""),
    ],
)
def test_the_address_is_the_last_hop_that_is_no_proxy_of_ours(peer, forwarded, address, settings):
    settings.TRUSTED_PROXIES = PROXY
    assert edge.origin(peer, forwarded, "").address == address


def seen(environ):
    found = {}
    edge.wsgi(lambda environ, start: found.update(environ) or [])({"PATH_INFO": "/", **environ}, print)
    return found


FORGED = {
    "HTTP_X_FORWARDED_FOR": "198.51.100.7",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_REQUEST_ID": "made-up-by-a-client",
}


def test_what_a_stranger_says_of_itself_is_dropped(settings):
    settings.TRUSTED_PROXIES = PROXY
    found = seen({"REMOTE_ADDR": "203.0.113.9", **FORGED})
    assert found["REMOTE_ADDR"] == "203.0.113.9"
    assert not found.keys() & FORGED.keys()


def test_what_our_proxy_says_is_believed(settings):
    settings.TRUSTED_PROXIES = PROXY
    found = seen({"REMOTE_ADDR": "172.30.238.2", **FORGED})
    assert found["REMOTE_ADDR"] == "198.51.100.7"
    assert found["HTTP_X_FORWARDED_PROTO"] == "https"


async def scope_seen(**scope):
    found = {}

    async def application(scope, receive, send):
        found.update(scope)

    await edge.asgi(application)({"path": "/live/c/12345678/visitor", **scope}, None, None)
    return found


HEADERS = [
    (b"x-forwarded-for", b"198.51.100.7"),
    (b"x-forwarded-proto", b"https"),
    (b"origin", b"https://a.example"),
]


async def test_a_socket_has_the_visitors_address_too(settings):
    settings.TRUSTED_PROXIES = PROXY
    client = ("172.30.238.2", 4711)
    found = await scope_seen(type="websocket", scheme="ws", client=client, headers=HEADERS)
    assert (found["client"][0], found["scheme"]) == ("198.51.100.7", "wss")


async def test_a_socket_without_our_proxy_has_its_own(settings):
    settings.TRUSTED_PROXIES = PROXY
    client = ("203.0.113.9", 4711)
    found = await scope_seen(type="websocket", scheme="ws", client=client, headers=HEADERS)
    assert (found["client"], found["scheme"]) == (client, "ws")
    assert found["headers"] == HEADERS[2:]


@pytest.mark.parametrize(("name", "kept"), [("0123456789abcdef", True), ("x\n{}", False), ("short", False)])
def test_a_request_is_named_by_the_proxy_or_by_us(name, kept, settings):
    settings.TRUSTED_PROXIES = PROXY
    assert (edge.origin("172.30.238.2", "", name).name == name) == kept


@pytest.mark.parametrize(
    ("length", "status"), [("50000000", 200), ("50000001", 413), ("9" * 5000, 413), ("", 200)]
)
async def test_what_is_too_long_is_refused_before_anybody_reads_it(length, status):
    told = []

    def start(status, headers):
        told.append(int(status.split()[0]))

    def page(environ, start):
        start("200 OK", [])
        return []

    async def application(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        told.append(message.get("status", told[-1]))

    edge.wsgi(page)({"PATH_INFO": "/", "CONTENT_LENGTH": length}, start)
    headers = [(b"content-length", length.encode())] if length else []
    scope = {"type": "http", "path": "/", "headers": headers, "client": None}
    await edge.asgi(application)(scope, None, send)
    assert set(told) == {status}
