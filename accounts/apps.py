from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import receivers, settings_area, settings_pages
        from accounts.models import Agent
        from accounts.services import notices
        from companies import limits, signals
        from companies.services import alarms

        settings_area.register(*settings_pages.PAGES)
        alarms.handle(notices.TIME, notices.look)
        limits.count(limits.Limit.SEATS, Agent.objects.active().count)
        signals.plan_changed.connect(receivers.on_plan_changed)
