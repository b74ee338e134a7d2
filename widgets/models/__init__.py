"""What the website carries and who comes to it."""

from widgets.models.visitor import Visitor

__all__ = ["Visitor"]
