"""Every page there is, for tests that go through all of them."""

from e2e.stack import Stack

PUBLIC = [
    "/",
    "/sign-up/",
    "/sign-in/",
    "/operator/sign-in/",
    "/forgotten-password/",
    "/nothing-here/",
    "/demo/",
    "/demo/strict/",
    "/w/{company}/window/",
]
COMPANY = [
    "workspace/",
    "offline-messages/",
    "balance/",
    "check/",
    "settings/snippet/",
    "settings/presence/",
    "settings/",
    "settings/agents/",
    "settings/agents/new/",
    "settings/agents/invite/",
    "settings/agents/import/",
    "settings/audit/",
    "settings/export/",
    "settings/security/",
    "settings/security/app/remove/",
    "settings/security/passkeys/new/",
    "settings/sessions/",
    "settings/sign-in/",
    "settings/roles/",
    "settings/roles/new/",
    "settings/groups/",
    "settings/groups/new/",
    "settings/plan/",
    "settings/security/",
    "settings/sessions/",
    "settings/sign-in/",
    "settings/password/",
    "settings/addresses/",
    "settings/addresses/new/",
    "settings/me/",
    "settings/company/",
    "notices/",
    "notices/all/",
    "notices/new/",
    "suggestions/",
    "help/",
    "help/start/",
    "help/news/",
    "help/guide/answer-visitors/",
    "welcome/",
]


def public(stack: Stack) -> list[str]:
    return [stack.url + path.format(company=stack.demo["company_id"]) for path in PUBLIC]


def of_the_demo_company(stack: Stack) -> list[str]:
    return [f"{stack.url}/c/{stack.demo['company_id']}/{path}" for path in COMPANY]
