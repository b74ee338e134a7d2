"""A security key made of software: it signs what a page asks of it, as the standard says."""

import hashlib
import json
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    def __init__(self, name: bytes = b"soft key 1") -> None:
        self.id = hashlib.sha256(name).digest()[:16]
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.count = 0

    def create(self, options, *, origin="http://testserver", challenge=None, host=None) -> str:
        made = self._authenticator_data(host or options["rp"]["id"], PRESENT | VERIFIED | ATTESTED)
        made += bytes(16) + struct.pack(">H", len(self.id)) + self.id + self._public_key()
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": made})
        client_data = _client_data("webauthn.create", challenge or options["challenge"], origin)
        said = {"attestationObject": bytes_to_base64url(attestation), "transports": ["usb"]}
        return self._credential(client_data, said)

    def get(
        self, options, *, origin="http://testserver", challenge=None, host=None, kind="webauthn.get"
    ) -> str:
        self.count += 1
        shown = self._authenticator_data(host or options["rpId"], PRESENT | VERIFIED)
        client_data = _client_data(kind, challenge or options["challenge"], origin)
        signed = self.private.sign(shown + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        said = {"authenticatorData": bytes_to_base64url(shown), "signature": bytes_to_base64url(signed)}
        return self._credential(client_data, said | {"userHandle": None})

    def _authenticator_data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _public_key(self) -> bytes:
        numbers = self.private.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        return encode_cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _credential(self, client_data: bytes, said) -> str:
        name = bytes_to_base64url(self.id)
        response = {"clientDataJSON": bytes_to_base64url(client_data), **said}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _client_data(kind: str, challenge: str, origin: str) -> bytes:
    assert base64url_to_bytes(challenge)
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
