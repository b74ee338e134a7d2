"""Whether the password was typed in a session a moment ago: what a passer-by must not do at an open screen asks for
it again (accounts/views/proof.py)."""

import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

LASTS = datetime.timedelta(minutes=5)
#: So long may take whoever began to set up a second step in time: an app has to be found and installed first.
SETTING_UP_LASTS = datetime.timedelta(minutes=30)
_UNTIL = "password_asked_from"
_SETTING_UP_UNTIL = "setting_up_until"


def note(session: SessionBase) -> None:
    """It was typed just now, and was right."""
    session[_UNTIL] = _in(LASTS)


def is_fresh(session: SessionBase) -> bool:
    return _in() < session.get(_UNTIL, 0)


def begin_to_set_up(session: SessionBase) -> None:
    if is_fresh(session):
        session[_SETTING_UP_UNTIL] = _in(SETTING_UP_LASTS)


def may_set_up(session: SessionBase) -> bool:
    return is_fresh(session) or _in() < session.get(_SETTING_UP_UNTIL, 0)


def has_set_up(session: SessionBase) -> None:
    session.pop(_SETTING_UP_UNTIL, None)


def _in(time: datetime.timedelta = datetime.timedelta()) -> float:
    return (timezone.now() + time).timestamp()
