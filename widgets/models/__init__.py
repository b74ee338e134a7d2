"""What the website carries and who comes to it."""

from widgets.models.page_view import PageView
from widgets.models.visit import PAUSE, Visit
from widgets.models.visitor import Visitor

__all__ = ["PAUSE", "PageView", "Visit", "Visitor"]
