from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatConfig(AppConfig):
    name = "chat"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        _register()
        _listen()


def _register() -> None:
    """What other apps show or call without knowing this one."""
    from accounts import at_work, exports, first_hour, settings_area
    from chat import alarm_kinds, colleagues, export_kinds, first_hour_steps, settings_pages
    from chat.models import Conversation
    from chat.services import presence, returns
    from companies import limits
    from companies.services import alarms

    settings_area.register(*settings_pages.PAGES)
    first_hour.register(*first_hour_steps.STEPS)
    exports.register(export_kinds.CONVERSATIONS, export_kinds.OFFLINE_MESSAGES)
    at_work.tell(statuses=colleagues.statuses_of, held=colleagues.held_by)
    alarms.handle(alarm_kinds.LEASE, presence.look_after)
    alarms.handle(alarm_kinds.IDLE, presence.look_whether_idle)
    alarms.handle(alarm_kinds.RETURN, returns.look)
    limits.count(limits.Limit.CONVERSATIONS, lambda: Conversation.objects.active().count())


def _listen() -> None:
    from accounts import signals
    from chat import receivers
    from companies import signals as of_companies

    of_companies.company_closed.connect(receivers.on_company_closed)
    of_companies.company_reopened.connect(receivers.on_company_reopened)
    of_companies.answers_changed.connect(receivers.on_answers_changed)
    signals.signed_out.connect(receivers.on_signed_out)
    signals.agent_deactivated.connect(receivers.on_agent_deactivated)
    signals.agent_changed.connect(receivers.on_agent_changed)
    signals.password_changed.connect(receivers.on_password_changed)
    signals.second_step_missing.connect(receivers.on_second_step_missing)
    signals.access_rules_changed.connect(receivers.on_access_rules_changed)
    signals.visit_ended.connect(receivers.on_visit_ended)
    signals.notice_shown.connect(receivers.on_notice_shown)
    signals.notice_gone.connect(receivers.on_notice_gone)
    signals.notice_read.connect(receivers.on_notice_read)
