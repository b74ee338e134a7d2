import uuid

import pytest
from django.core import signing

from widgets import errors
from widgets.services import visitor_tokens

ACME, GLOBEX = 10_000_001, 10_000_002
VERA = uuid.UUID("6f1f8f3e-3f0a-4c8e-9a57-6b0f4b1d2c3e")


def test_a_token_says_who_the_visitor_is():
    identity = visitor_tokens.read(visitor_tokens.issue(ACME, VERA), ACME)
    assert identity == (VERA, False)


@pytest.mark.parametrize(
    ("later", "renew"), [({"hours": 23}, False), ({"days": 1, "seconds": 2}, True), ({"days": 399}, True)]
)
def test_a_token_older_than_a_day_is_to_be_renewed(travel, later, renew):
    token = visitor_tokens.issue(ACME, VERA)
    travel(**later)
    assert visitor_tokens.read(token, ACME) == (VERA, renew)


def test_a_renewed_token_lasts_from_then_on(travel):
    travel(days=300)
    token = visitor_tokens.issue(ACME, VERA)
    travel(days=300)
    assert visitor_tokens.read(token, ACME).visitor_id == VERA


def test_after_four_hundred_days_the_visitor_counts_as_new(travel):
    token = visitor_tokens.issue(ACME, VERA)
    travel(days=400, seconds=2)
    with pytest.raises(errors.VisitorTokenExpired) as refused:
        visitor_tokens.read(token, ACME)
    assert refused.value.code == "visitor_token_expired"


def test_another_company_does_not_know_the_visitor():
    with pytest.raises(errors.VisitorTokenInvalid):
        visitor_tokens.read(visitor_tokens.issue(GLOBEX, VERA), ACME)


def forgeries():
    token = visitor_tokens.issue(ACME, VERA)
    value, signed_at, signature = token.split(":")
    other = f"{ACME}.{uuid.uuid4().hex}"
    yield "nothing", ""
    yield "no token", "hello"
    yield "another visitor", f"{other}:{signed_at}:{signature}"
    yield "another time", f"{value}:1zzzzz:{signature}"
    yield "another signature", f"{value}:{signed_at}:{signature[::-1]}"
    yield "cut", token[:-1]
    yield "another purpose", signing.TimestampSigner(salt="agents").sign(value)
    yield "no visitor", signing.TimestampSigner(salt="widgets.visitor").sign(f"{ACME}.vera")
    yield "no company", signing.TimestampSigner(salt="widgets.visitor").sign(VERA.hex)
    yield "nulls", "\0:\0:\0"
    yield "letters of elsewhere", "访客:é:ü"


@pytest.mark.parametrize("name", [name for name, _ in forgeries()])
def test_what_we_did_not_sign_names_nobody(name):
    with pytest.raises(errors.VisitorTokenInvalid) as refused:
        visitor_tokens.read(dict(forgeries())[name], ACME)
    assert refused.value.code == "visitor_token_invalid"
