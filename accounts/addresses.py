"""What counts as one address."""

import ipaddress


def network(address: str) -> str:
    """One network of IPv6 counts as one address: its customer has all of them."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64 if ip.version == 6 else 32), strict=False))
