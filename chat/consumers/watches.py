"""What an agent's socket hears about itself, whatever its client listens to."""

from typing import TYPE_CHECKING

from accounts.services import address_rules
from chat import address_events, audiences, dismissals
from core.realtime import sockets
from core.realtime.packets import Packet
from protocol import events

if TYPE_CHECKING:
    from chat.consumers.agent import AgentSocket


class Watch:
    """A member of a channel of its own, so that what is said there need not go to the client."""

    def __init__(self, socket: "AgentSocket", channel: str) -> None:
        self._socket = socket
        self.channel = channel

    def push(self, packet: Packet) -> None:
        raise NotImplementedError

    def resync(self) -> None:
        """Something may have been missed."""


class AccessWatch(Watch):
    """Has the socket opened anew when its agent may do something else."""

    def push(self, packet: Packet) -> None:
        self._socket.access_changed(packet)

    def resync(self) -> None:
        self._socket.later(self._socket.compare_access())


class SessionWatch(Watch):
    """Closes the socket when the sign-in it came from is over; the renewal of its lease finds out what was missed."""

    def push(self, packet: Packet) -> None:
        self._socket.push(packet)
        self._socket.outlet.close(sockets.SESSION_OVER)


class DismissalWatch(Watch):
    """Closes the socket when its agent is to leave, or to come again, however it came and whatever it holds."""

    def push(self, packet: Packet) -> None:
        told = dismissals.decoder.decode(packet.payload)
        session = self._socket.identity.session
        if isinstance(told, dismissals.Renewed):
            if session == told.session:
                self._socket.access_changed()
        elif session not in told.but:
            self._socket.say(events.SessionEnded(reason=told.reason))
            self._socket.outlet.close(sockets.SESSION_OVER)


class AddressWatch(Watch):
    """Closes the socket when its agent may not be any more where it comes from; likewise."""

    def push(self, packet: Packet) -> None:
        changed = address_events.decoder.decode(packet.payload)
        if not address_rules.admit(self._socket.address, changed.networks):
            self._socket.say(events.SessionEnded(reason="refused"))
            self._socket.outlet.close(sockets.SESSION_OVER)


def of(socket: "AgentSocket") -> list[Watch]:
    """All of one socket, to be joined. Called in its company."""
    found: list[Watch] = [
        AccessWatch(socket, audiences.access(socket.identity.agent_pk)),
        SessionWatch(socket, audiences.session(socket.identity.session)),
        DismissalWatch(socket, audiences.dismissals(socket.identity.agent_pk)),
    ]
    if not socket.identity.visit:
        # The rules are about agents: an operator comes from elsewhere.
        found.append(AddressWatch(socket, audiences.address_rules()))
    return found
