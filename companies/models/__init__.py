"""The public schema: companies, and what happens later or outside on their behalf."""

from companies.models.alarm import Alarm
from companies.models.company import Company, Domain
from companies.models.delivery import Delivery
from companies.models.schema_update import SchemaUpdate

__all__ = ["Alarm", "Company", "Delivery", "Domain", "SchemaUpdate"]
