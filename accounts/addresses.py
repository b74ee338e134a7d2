"""What counts as one address, how networks are written, and which of them an address is in."""

import functools
import ipaddress
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def network(address: str) -> str:
    """One network of IPv6 counts as one address: its customer has all of them."""
    ip = _read(address)
    if ip is None:
        return address
    return str(ipaddress.ip_network((ip, 64 if ip.version == 6 else 32), strict=False))


def canonical(address: str) -> str:
    """As it is shown and compared: without a zone, IPv4 as IPv4. Empty where it is none."""
    ip = _read(address)
    return "" if ip is None else str(ip)


def network_of(typed: str) -> Network:
    """The network that somebody means: an address alone is one of its own. Raises ValueError where it is none."""
    address, slash, length = typed.partition("/")
    found = ipaddress.ip_network(address.partition("%")[0] + slash + length, strict=False)
    return _unmapped(found) if isinstance(found, ipaddress.IPv6Network) else found


def shown(name: str) -> str:
    """A network as people write it: one of a single address as that address."""
    address, _, length = name.partition("/")
    return address if length == ("128" if ":" in address else "32") else name


def within(address: str, networks: Iterable[str]) -> bool:
    """Whether it is in one of them. What is no address is in none."""
    ip = _read(address)
    return ip is not None and any(ip in one for one in _networks(tuple(networks)))


def _read(address: str) -> Address | None:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip


def _unmapped(found: ipaddress.IPv6Network) -> Network:
    """::ffff:203.0.113.0/120 is 203.0.113.0/24: who comes from there is seen as IPv4."""
    inner = found.network_address.ipv4_mapped
    return ipaddress.IPv4Network((inner, found.prefixlen - 96)) if inner and found.prefixlen >= 96 else found


@functools.lru_cache(maxsize=1000)
def _networks(names: tuple[str, ...]) -> tuple[Network, ...]:
    """Read once for each set of rules, not at each request."""
    return tuple(map(ipaddress.ip_network, names))
