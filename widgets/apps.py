from django.apps import AppConfig


class WidgetsConfig(AppConfig):
    name = "widgets"

    def ready(self) -> None:
        from companies.services import alarms
        from widgets.services import visits

        alarms.handle(visits.CLOSE_ALARM, visits.close_lost)
