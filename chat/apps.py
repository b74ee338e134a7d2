from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from accounts import signals
        from chat import receivers
        from chat.services import presence
        from companies.services import alarms

        alarms.handle(presence.LEASE_ALARM, presence.look_after)
        signals.signed_out.connect(receivers.on_signed_out)
