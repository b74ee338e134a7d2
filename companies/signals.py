"""What the layers above may listen to. All are sent inside the company, in the transaction."""

from django.dispatch import Signal

#: A company has been opened and may be used. Arguments: company.
company_opened = Signal()
#: Its agents cannot work any more: suspended, or a trial or what is paid is over. Arguments: company.
company_closed = Signal()
#: They can again. Arguments: company.
company_reopened = Signal()
#: Plan, limits, trial or suspension are different now. Arguments: company, action, changes, note.
plan_changed = Signal()
#: What it says of itself is different now. Arguments: company, changes.
information_changed = Signal()
#: The operator has answered an agent, or the agent has read what was answered. Arguments: company, agent_pk.
answers_changed = Signal()
