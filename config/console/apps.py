from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsoleConfig(AppConfig):
    name = "config.console"
    label = "console"
    verbose_name = _("Operator's console")

    def ready(self) -> None:
        from accounts import audit_words, settings_area
        from config.console import words

        audit_words.register(words.ACTIONS)
        settings_area.register(words.SETTINGS_PAGE)
