from django.apps import AppConfig


class WidgetsConfig(AppConfig):
    name = "widgets"

    def ready(self) -> None:
        from accounts import settings_area
        from companies.services import alarms
        from widgets import settings_pages
        from widgets.services import visits

        settings_area.register(*settings_pages.PAGES)
        alarms.handle(visits.CLOSE_ALARM, visits.close_lost)
