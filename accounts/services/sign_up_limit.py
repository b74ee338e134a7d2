"""How many companies may be opened from one address: each makes a schema and sends a mail to whom one likes."""

import datetime

from django.db import transaction

from accounts import addresses, errors
from accounts.services import bounds

PERIOD = datetime.timedelta(hours=1)
#: Wide, since an office or a school may share one address.
MOST = 50


@transaction.atomic
def count(address: str) -> None:
    """Count one more; raises TooManyCompanies when there were enough within the hour."""
    key = f"sign-up from {addresses.network(address)}"
    bounds.count(key, most=MOST, within=PERIOD, refusal=errors.TooManyCompanies)
