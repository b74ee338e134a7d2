"""What the layers above may listen to."""

from django.dispatch import Signal

#: An agent has signed out and the session is gone; sent inside the company. Arguments: agent, session_key.
signed_out = Signal()
#: An agent may no longer be here; sent inside the company, in the transaction. Argument: agent.
agent_deactivated = Signal()
#: What an agent may do, or is called, is another now; sent inside the company, in the transaction. Argument: agent.
agent_changed = Signal()
