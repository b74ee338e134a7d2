import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from widgets.models.visitor import Visitor

#: Who comes back within this time goes on with the same visit.
PAUSE = datetime.timedelta(minutes=30)


class VisitQuerySet(models.QuerySet["Visit"]):
    def newest_first(self) -> Self:
        return self.order_by("-number")

    def open(self) -> Self:
        return self.filter(ended_at=None)

    def lost(self, now: datetime.datetime | None = None) -> Self:
        """Begun, never ended, and nobody has seen the visitor for so long that they must be gone."""
        return self.open().filter(last_seen_at__lt=(now or timezone.now()) - PAUSE)


class Visit(models.Model):
    """One stay of a visitor on the website, from page to page, tab to tab."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="visits_made")
    #: 1 for the visitor's first visit: two processes that see them arrive write one row.
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    #: When the server last knew the visitor to be there. While they are, it is at most some minutes old.
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    #: Pages seen; the same one twice in a row counts once.
    pages = models.PositiveIntegerField(default=0)

    ip = models.GenericIPAddressField(_("IP address"), null=True)
    country = models.CharField(max_length=2, blank=True)
    province = models.CharField(max_length=100, blank=True)
    city = models.CharField(max_length=100, blank=True)
    carrier = models.CharField(max_length=100, blank=True)
    browser = models.CharField(max_length=60, blank=True)
    system = models.CharField(max_length=60, blank=True)
    device = models.CharField(max_length=10, default="other")
    language = models.CharField(max_length=35, blank=True)

    source_kind = models.CharField(max_length=10, default="direct")
    source_name = models.CharField(max_length=200, blank=True)
    source_words = models.CharField(max_length=200, blank=True)
    referrer = models.CharField(max_length=2000, blank=True)
    entry_url = models.CharField(max_length=2000)
    entry_title = models.CharField(max_length=300, blank=True)
    #: Where the visitor is, or was last.
    page_url = models.CharField(max_length=2000)
    page_title = models.CharField(max_length=300, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["visitor", "number"], name="one_visit_of_a_number"),
        ]
        indexes = [
            models.Index(fields=["ended_at"], name="visits_by_end"),
            # Not by `last_seen_at`: that changes with every page, and would drag every index along.
            models.Index(fields=["id"], name="visits_open", condition=models.Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"Visit {self.number} of {self.visitor_id}"

    @property
    def end(self) -> datetime.datetime | None:
        """When it ended; a visit whose end nobody saw ended when the visitor was last seen."""
        if self.ended_at is None and self.last_seen_at < timezone.now() - PAUSE:
            return self.last_seen_at
        return self.ended_at
