"""The people who work with the product: a company's agents, or, in the public schema, operators."""

from accounts.models.agent import Agent
from accounts.models.role import Role

__all__ = ["Agent", "Role"]
