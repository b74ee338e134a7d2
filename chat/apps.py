from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from accounts import settings_area, signals
        from chat import alarm_kinds, receivers, settings_pages
        from chat.models import Conversation
        from chat.services import presence, returns
        from companies import limits
        from companies import signals as of_companies
        from companies.services import alarms

        settings_area.register(*settings_pages.PAGES)
        alarms.handle(alarm_kinds.LEASE, presence.look_after)
        alarms.handle(alarm_kinds.IDLE, presence.look_whether_idle)
        alarms.handle(alarm_kinds.RETURN, returns.look)
        limits.count(limits.Limit.CONVERSATIONS, lambda: Conversation.objects.active().count())
        of_companies.company_closed.connect(receivers.on_company_closed)
        of_companies.company_reopened.connect(receivers.on_company_reopened)
        signals.signed_out.connect(receivers.on_signed_out)
        signals.agent_deactivated.connect(receivers.on_agent_deactivated)
