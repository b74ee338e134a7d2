"""How many links for new passwords may be asked for: each may be a mail to somebody who did not ask.

Accounts are counted as typed, whether they exist or not, so the answers tell nothing about that.
"""

import datetime

from django.db import transaction

from accounts import addresses, errors
from accounts.services import bounds

PERIOD = datetime.timedelta(hours=1)
MOST_FOR_ONE_ACCOUNT = 5
#: Wide, since an office may share one address.
MOST_FROM_ONE_ADDRESS = 50


@transaction.atomic
def count(account: str, address: str) -> None:
    """Count one more; raises TooManyPasswordLinks when there were enough within the hour."""
    _count(f"password links from {addresses.network(address)}", MOST_FROM_ONE_ADDRESS)
    _count(f"password links for {account}", MOST_FOR_ONE_ACCOUNT)


def _count(key: str, most: int) -> None:
    bounds.count(key, most=most, within=PERIOD, refusal=errors.TooManyPasswordLinks)
