"""Every page there is, for tests that go through all of them."""

from e2e.stack import Stack

PUBLIC = ["/", "/sign-up/", "/sign-in/", "/nothing-here/"]
COMPANY = ["workspace/", "offline-messages/", "settings/snippet/"]


def public(stack: Stack) -> list[str]:
    return [stack.url + path for path in PUBLIC]


def of_company(stack: Stack, company_id: str) -> list[str]:
    return [f"{stack.url}/c/{company_id}/{path}" for path in COMPANY]
