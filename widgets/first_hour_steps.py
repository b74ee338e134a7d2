from django.utils.translation import gettext_lazy as _

from accounts import first_hour
from widgets.models import Visit

STEPS = [
    first_hour.Step(
        20,
        _("Put the site code on your website"),
        _("Copy one line into your pages. This is ticked as soon as the first visitor was seen there."),
        _("Open the site code"),
        "widgets:snippet",
        lambda company: Visit.objects.exists(),
    ),
]
