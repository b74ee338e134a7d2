"""What the layers above may listen to."""

from django.dispatch import Signal

#: An agent has signed out and the session is gone; sent inside the company. Arguments: agent, session_key, former (what
#: sockets that were opened under the keys before it are named after).
signed_out = Signal()
#: An agent may no longer be here; sent inside the company, in the transaction. Argument: agent.
agent_deactivated = Signal()
#: What an agent may do, or is called, is another now; sent inside the company, in the transaction. Argument: agent.
agent_changed = Signal()
#: From now on these agents see a notice (None: everybody), or no longer; sent inside the company, in the transaction.
#: Arguments: notice, to (primary keys of agents, or None).
notice_shown = Signal()
notice_gone = Signal()
#: An agent has read a notice, in whichever tab; sent as above. Arguments: notice_id, version, agent.
notice_read = Signal()
#: Agents may come from other networks now; sent inside the company, in the transaction. Argument: networks, each as
#: in 203.0.113.0/24; none: from everywhere.
access_rules_changed = Signal()
#: These agents have to set up a second step before anything else; sent inside the company, in the transaction.
#: Argument: agents.
second_step_missing = Signal()
#: Somebody has another password, and all sign-ins but one (None: all) are over; sent inside the company, in the
#: transaction. Arguments: agent, kept (the session key).
password_changed = Signal()
#: An operator's visit is over before its time; sent inside the company, in the transaction. Argument: visit.
visit_ended = Signal()
