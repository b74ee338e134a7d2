"""A customer's website: pages of its own on an origin of its own, with the company's site code in them."""

import html
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Self

PAGES = {"/": "Home", "/prices": "Prices", "/about": "About us"}


class Site:
    """`allowed` is all that its Content-Security-Policy lets in from elsewhere."""

    def __init__(self, site_code: str, allowed: str) -> None:
        self.code = site_code
        policy = f"default-src 'none'; img-src 'self'; {allowed}"
        handler = type("Handler", (_Handler,), {"site_code": site_code, "policy": policy})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    site_code: ClassVar[str]
    policy: ClassVar[str]

    def do_GET(self) -> None:
        title = PAGES.get(self.path)
        self.send_response(200 if title else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.policy)
        self.end_headers()
        if title:
            self.wfile.write(_page(title, self.site_code).encode())

    def log_message(self, *_: object) -> None:
        """Quiet: the tests tell what matters."""


def _page(title: str, site_code: str) -> str:
    links = " ".join(f'<a href="{path}">{html.escape(name)}</a>' for path, name in PAGES.items())
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head>'
        f"<body><h1>{title}</h1><nav>{links}</nav>{site_code}</body></html>"
    )
