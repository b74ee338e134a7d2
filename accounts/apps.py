from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import settings_area, settings_pages

        settings_area.register(*settings_pages.PAGES)
