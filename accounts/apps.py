from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts import (
            export_kinds,
            exports,
            first_hour,
            first_hour_steps,
            receivers,
            settings_area,
            settings_pages,
        )
        from accounts.models import Agent
        from accounts.services import notices
        from companies import limits, signals
        from companies.services import alarms
        from core import pictures

        settings_area.register(*settings_pages.PAGES)
        first_hour.register(*first_hour_steps.STEPS)
        exports.register(export_kinds.AGENTS, export_kinds.AUDIT_LOG)
        alarms.handle(notices.TIME, notices.look)
        limits.count(limits.Limit.SEATS, Agent.objects.active().count)
        limits.count(limits.Limit.STORAGE, pictures.stored_bytes)
        signals.plan_changed.connect(receivers.on_plan_changed)
        signals.information_changed.connect(receivers.on_information_changed)
