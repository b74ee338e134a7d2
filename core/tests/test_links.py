import pytest
from django.template import Context, Template

PAGE = Template("{% load links %}{{ text|links|linebreaksbr }}")


def drawn(text):
    return PAGE.render(Context({"text": text}))


def link(address):
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">{address}</a>'


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("See https://acme.example/hours.", f"See {link('https://acme.example/hours')}."),
        ("详见：https://acme.example/a，谢谢", f"详见：{link('https://acme.example/a')}，谢谢"),
        ("(http://acme.example/)", f"({link('http://acme.example/')})"),
        ("no address\nat all", "no address<br>at all"),
    ],
)
def test_addresses_are_links_whatever_stands_around_them(text, page):
    assert drawn(text) == page


def test_nothing_of_a_text_becomes_html():
    page = drawn("<b>https://acme.example/?a=1&b=\"><script>alert('x')</script>")
    assert "<b>" not in page
    assert "<script>" not in page
    assert 'href="https://acme.example/?a=1&amp;b="' in page
