"""The demo company, where there is one: what sets up the demonstration writes down which."""

import json
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings


class Demo(NamedTuple):
    company_id: int
    #: Where Parley is, as seen from the demo website.
    origin: str


def find() -> Demo | None:
    try:
        facts = json.loads((settings.DATA_DIR / "demo.json").read_text(encoding="utf8"))
        address = urlsplit(facts["url"])
        return Demo(int(facts["company_id"]), f"{address.scheme}://{address.netloc}")
    except (OSError, ValueError, KeyError, TypeError):
        return None
