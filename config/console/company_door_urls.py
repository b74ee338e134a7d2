from django.urls import path

from config.console import company_door

urlpatterns = [
    path("leave/", company_door.leave, name="leave-company"),
    path("", company_door.door, name="company-admin"),
    path("<path:rest>", company_door.door),
]
