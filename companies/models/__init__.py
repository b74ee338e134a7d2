"""The public schema: companies, and what happens later or outside on their behalf."""

from companies.models.alarm import Alarm
from companies.models.company import Company, Domain
from companies.models.delivery import Delivery
from companies.models.operator_visit import OperatorVisit
from companies.models.plan import Function, Plan
from companies.models.schema_update import SchemaUpdate
from companies.models.suggestion import Suggestion

__all__ = [
    "Alarm",
    "Company",
    "Delivery",
    "Domain",
    "Function",
    "OperatorVisit",
    "Plan",
    "SchemaUpdate",
    "Suggestion",
]
