"""What the product itself says of its books: the page an administrator sees, compared with what we know."""

import re
from collections.abc import Iterator

from faults.balance import Balance
from faults.scene import Scene

_FIGURE = re.compile(r'<dt>([^<]+)</dt>\s*<dd class="balance-value">([\d,]+)</dd>')
#: Must be zero on it.
TROUBLE = ("Lost", "Doubled", "Out of order")


def figures(scene: Scene) -> dict[str, int]:
    """The sums over all companies, by their names on the page."""
    found: dict[str, int] = {}
    for company in scene.companies:
        try:
            shown = company.agents[0].opens("balance/")
        except OSError:
            # Without its figures the page contradicts.
            continue
        for name, value in _FIGURE.findall(shown):
            found[name] = found.get(name, 0) + int(value.replace(",", ""))
    return found


def contradictions(shown: dict[str, int], books: Balance) -> Iterator[str]:
    for name in TROUBLE:
        if shown.get(name) != 0:
            yield f"the company's page says {shown.get(name)} {name.lower()}"
    if shown.get("Stored") != books.stored:
        yield f"the company's page says {shown.get('Stored')} stored, the database has {books.stored}"
    if shown.get("Acknowledged", 0) > books.stored:
        yield f"the company's page says {shown.get('Acknowledged')} acknowledged"
