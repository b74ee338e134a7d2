from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"

    def ready(self) -> None:
        from companies.services import alarms, plans

        alarms.handle(plans.END, plans.look_whether_over)
