from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.people import Agent, said
from e2e.site import Site


def test_two_companies_side_by_side_in_one_browser(cast: Cast) -> None:
    """One person works for Acme and for Globex; each company's visitor talks with that company alone."""
    at_acme = cast.signed_in("bob")
    at_globex = Agent(at_acme.page.context.new_page(), cast.stack.url)
    globex = at_globex.signs_up("Globex", "Grace", "grace", "correct horse battery")
    site_code, allowed = at_globex.site_code(globex)
    at_globex.goes_to(globex, "workspace/")
    expect(at_globex.grid).to_be_visible()

    with Site(site_code, allowed) as site:
        vera, victor = cast.on_the_demo_website(), cast.visitor()
        victor.visits(site.url())
        victor.opens_chat()
        vera.says("vera 1")
        victor.says("victor 1")
        for agent in (at_acme, at_globex):
            expect(agent.requests).to_have_count(1)
            agent.accepts()
        at_acme.says("bob 1")
        at_globex.says("grace 1")
        expect(vera.log).to_contain_text("bob 1")
        expect(victor.log).to_contain_text("grace 1")
        assert said(at_acme.log) == ["vera 1", "bob 1"]
        assert said(at_globex.log) == ["victor 1", "grace 1"]

    at_globex.signs_out()
    expect(at_globex.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    at_acme.says("bob 2")
    expect(vera.log).to_contain_text("bob 2")
