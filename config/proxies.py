"""Who is at the other end, when proxies stand between: only what a trusted proxy says is believed."""

import ipaddress
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks(names: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as they stand in the settings; raises ValueError for what is neither."""
    return tuple(ipaddress.ip_network(name, strict=False) for name in names)


def within(address: str, known: Iterable[Network]) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return any(ip in network for network in known)


def farthest(peer: str, forwarded: str, trusted: Iterable[Network]) -> str:
    """The address of the client: the last hop that is no proxy of ours.

    X-Forwarded-For grows to the right. What stands left of the first hop we do not trust, that hop may have
    made up.
    """
    hops = [peer, *(hop.strip() for hop in reversed(forwarded.split(",")) if hop.strip())]
    known = tuple(trusted)
    for hop in hops:
        if not within(hop, known):
            return hop if _is_address(hop) else peer
    return hops[-1]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
