from django.db import models
from django.utils.translation import gettext_lazy as _

from widgets.models.visit import Visit


class PageView(models.Model):
    """A page that was looked at in a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="page_views")
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("page view")
        verbose_name_plural = _("page views")
        constraints = [
            # A batch that is written again, since its answer was lost, changes nothing.
            models.UniqueConstraint(fields=["visit", "at"], name="one_page_view_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.url
