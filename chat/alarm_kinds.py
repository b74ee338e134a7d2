"""The kinds of alarms that chat sets; each one's subject is an agent."""

#: Looks whether an agent is still there.
LEASE = "chat.lease"
#: Looks whether an agent still does something.
IDLE = "chat.idle"
#: Looks whether what an agent has left behind goes back to the line.
RETURN = "chat.return"
