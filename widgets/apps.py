from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WidgetsConfig(AppConfig):
    name = "widgets"
    verbose_name = _("Website")

    def ready(self) -> None:
        from accounts import first_hour, settings_area
        from companies.services import alarms
        from widgets import first_hour_steps, settings_pages
        from widgets.services import visits

        settings_area.register(*settings_pages.PAGES)
        first_hour.register(*first_hour_steps.STEPS)
        alarms.handle(visits.CLOSE_ALARM, visits.close_lost)
