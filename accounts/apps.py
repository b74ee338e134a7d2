from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import receivers, settings_area, settings_pages
        from accounts.models import Agent
        from companies import limits, signals

        settings_area.register(*settings_pages.PAGES)
        limits.count(limits.Limit.SEATS, Agent.objects.active().count)
        signals.plan_changed.connect(receivers.on_plan_changed)
