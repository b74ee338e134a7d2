from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import first_hour, first_hour_steps, receivers, settings_area, settings_pages
        from accounts.models import Agent
        from accounts.services import notices
        from companies import limits, signals
        from companies.services import alarms

        settings_area.register(*settings_pages.PAGES)
        first_hour.register(*first_hour_steps.STEPS)
        alarms.handle(notices.TIME, notices.look)
        limits.count(limits.Limit.SEATS, Agent.objects.active().count)
        signals.plan_changed.connect(receivers.on_plan_changed)
