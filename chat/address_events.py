"""What processes tell each other about the addresses agents may come from; clients never see it."""

import msgspec


class AddressRulesChanged(msgspec.Struct):
    networks: list[str]


decoder = msgspec.json.Decoder(AddressRulesChanged)
