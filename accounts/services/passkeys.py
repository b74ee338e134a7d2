"""Passkeys (WebAuthn): keys that a device holds for somebody, as the second step of signing in.

Of whoever is in the schema one is in: a company's agents, or the operators in the public one.
"""

import hashlib
import json
import logging
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import webauthn
from django.db import IntegrityError, transaction
from django.utils import timezone
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_challenge
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
)

from accounts import errors
from accounts.models import Agent, Passkey
from accounts.services import audit, recovery_codes, two_step
from core.tenancy import context

logger = logging.getLogger(__name__)

_TRANSPORTS = {transport.value for transport in AuthenticatorTransport}


class Site(NamedTuple):
    """Where keys are good: nowhere else, however alike it looks."""

    host: str
    origin: str


def site_at(origin: str) -> Site:
    return Site(urlsplit(origin).hostname or "", origin)


def new_challenge() -> str:
    """What a key has to sign, once."""
    return bytes_to_base64url(generate_challenge())


def options_to_add(agent: Agent, *, of: str, site: Site, challenge: str) -> dict[str, Any]:
    """What the browser asks its keys for. `of` names the company, as the browser shows it."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=two_step.ISSUER,
        user_id=_handle(agent),
        user_name=f"{agent.agent_id} ({of})",
        user_display_name=agent.name,
        challenge=base64url_to_bytes(challenge),
        authenticator_selection=AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.PREFERRED),
        exclude_credentials=_descriptors(agent),
    )
    return _plain(options)


def options_to_use(agent: Agent, *, site: Site, challenge: str) -> dict[str, Any]:
    options = webauthn.generate_authentication_options(
        rp_id=site.host, challenge=base64url_to_bytes(challenge), allow_credentials=_descriptors(agent)
    )
    return _plain(options)


@transaction.atomic
def add(agent: Agent, credential: str, *, name: str, site: Site, challenge: str) -> tuple[Passkey, list[str]]:
    """The key, and the recovery codes if these are the agent's first, told only now."""
    made = _made(credential, site, challenge)
    passkey = Passkey(
        agent=agent,
        name=name,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        transports=_transports(credential),
    )
    try:
        with transaction.atomic():
            passkey.save(force_insert=True)
    except IntegrityError:
        raise errors.PasskeyKnown from None
    audit.record("passkey.added", agent, {"name": ["", name]})
    return passkey, recovery_codes.make_first(agent)


def attempt(
    agent: Agent, credential: str, *, site: Site, challenge: str, account: str, address: str
) -> two_step.Method:
    """As `verify`; failures are counted with those of codes."""

    def shown() -> two_step.Method | None:
        return "passkey" if verify(agent, credential, site=site, challenge=challenge) else None

    return two_step.counted(shown, account=account, address=address, refused=errors.PasskeyRefused)


@transaction.atomic
def verify(agent: Agent, credential: str, *, site: Site, challenge: str) -> bool:
    """Whether one of the agent's keys has signed the challenge, on our own page."""
    passkey = Passkey.objects.select_for_update().filter(agent=agent, credential_id=_id(credential)).first()
    if passkey is None:
        return False
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except Exception as trouble:  # whatever a stranger's bytes bring to light
        logger.info("A passkey was refused: %s", trouble)
        return False
    passkey.sign_count, passkey.used_at = verified.new_sign_count, timezone.now()
    passkey.save(update_fields=["sign_count", "used_at"])
    return True


@transaction.atomic
def rename(passkey: Passkey, name: str) -> Passkey:
    changes = audit.apply(passkey, name=name)
    if changes:
        passkey.save(update_fields=["name"])
        audit.record("passkey.renamed", passkey.agent, changes)
    return passkey


@transaction.atomic
def remove(passkey: Passkey) -> None:
    """It opens nothing any more; without another second step signing in is one step again."""
    passkey.delete()
    audit.record("passkey.removed", passkey.agent, {"name": [passkey.name, ""]})
    two_step.forget_codes_of_nothing(passkey.agent)


def _made(credential: str, site: Site, challenge: str) -> Any:
    try:
        return webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except Exception as trouble:  # whatever a stranger's bytes bring to light
        logger.info("A passkey was not added: %s", trouble)
        raise errors.PasskeyRefused from None


def _descriptors(agent: Agent) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=bytes(passkey.credential_id),
            transports=[AuthenticatorTransport(one) for one in passkey.transports if one in _TRANSPORTS],
        )
        for passkey in agent.passkeys.order_by("pk")
    ]


def _handle(agent: Agent) -> bytes:
    """A name that tells nobody anything: ids repeat across companies, and a browser keeps one key for each name."""
    return hashlib.sha256(f"{context.schema()}/{agent.pk}".encode()).digest()


def _id(credential: str) -> bytes:
    try:
        return base64url_to_bytes(json.loads(credential)["id"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return b""


def _transports(credential: str) -> list[str]:
    """As the browser says, so that it offers the right way next time."""
    said = json.loads(credential).get("response", {}).get("transports") or []
    return [one for one in said if one in _TRANSPORTS] if isinstance(said, list) else []


def _plain(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return plain
