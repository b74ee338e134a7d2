"""The public schema: companies, and what happens later or outside on their behalf."""

from companies.models.alarm import Alarm
from companies.models.company import Company, Domain
from companies.models.delivery import Delivery

__all__ = ["Alarm", "Company", "Delivery", "Domain"]
