"""What the layers above may listen to."""

from django.dispatch import Signal

#: A company has been opened and may be used; sent inside it. Arguments: company.
company_opened = Signal()
