"""An agent's browser as far as pages go: signs in with the form, then fetches tokens for the socket."""

import http.cookiejar
import json
import re
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode


class _NotFurther(urllib.request.HTTPRedirectHandler):
    """Where it leads is enough to know."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


class SignIn:
    def __init__(self, site: str, company_id: int, agent_id: str, password: str) -> None:
        self.site = site
        self._company_id = company_id
        self._typed = {"company_id": str(company_id), "agent_id": agent_id, "password": password}
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        # Our own processes are asked without a proxy, whatever the environment says.
        self._browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies, _NotFurther())

    def sign_in(self) -> None:
        page = f"{self.site}/sign-in/"
        form = self._get(page)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token is not None, "the sign-in page has no form"
        typed = urlencode({**self._typed, "csrfmiddlewaretoken": token[1]}).encode()
        request = urllib.request.Request(page, typed, {"Referer": page})  # noqa: S310 - our own address
        try:
            self._browser.open(request, timeout=30).close()
        except urllib.error.HTTPError as answer:
            if answer.code == 302 and "/workspace/" in answer.headers["Location"]:
                return
        raise AssertionError(f"{self._typed['agent_id']} could not sign in")

    def socket_token(self) -> str:
        """Raises OSError while pages are not served."""
        found = json.loads(self._get(f"{self.site}/c/{self._company_id}/socket-token/"))
        return str(found["token"])

    def page(self, path: str) -> str:
        """A page of the company, as this agent sees it."""
        return self._get(f"{self.site}/c/{self._company_id}/{path}")

    def _get(self, address: str) -> str:
        with self._browser.open(address, timeout=10) as answer:
            return str(answer.read().decode())
