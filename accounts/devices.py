"""With what and from where somebody has signed in, in words."""

from typing import NamedTuple

from babel import Locale
from django.utils.translation import get_language, to_locale

from accounts.models import SignIn
from core import geo, systems


class Device(NamedTuple):
    sign_in: SignIn
    system: systems.System
    #: As far as it is known, the largest first; empty where it is not, as in local networks.
    place: str
    is_this_one: bool = False

    @property
    def name(self) -> str:
        """As in “Firefox 120 · Windows 10/11”; empty for what does not say what it is."""
        return " · ".join(part for part in (self.system.browser, self.system.system) if part)


def of(sign_in: SignIn, this: str | None = None) -> Device:
    """`this` is the key of the session that asks."""
    is_this = sign_in.session_key == this
    return Device(sign_in, systems.of(sign_in.user_agent), _place(sign_in.address or ""), is_this)


def _place(address: str) -> str:
    found = geo.find(address)
    parts = dict.fromkeys((_country(found.country), found.province, found.city))
    return " · ".join(part for part in parts if part)


def _country(code: str) -> str:
    if not code:
        return ""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    return str(names.get(code, code))
