from django.urls import include, path

from accounts.views import (
    confirmation,
    forgotten_password,
    home,
    invitations,
    language,
    second_step,
    sign_in,
    sign_up,
)

app_name = "accounts"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-up/", sign_up.sign_up, name="sign-up"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/second-step/", second_step.second_step, name="second-step"),
    path("forgotten-password/", forgotten_password.ask, name="forgotten-password"),
    path("new-password/<str:token>/", forgotten_password.choose, name="new-password"),
    path("confirm/<str:token>/", confirmation.confirm, name="confirm"),
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
    path("language/", language.language, name="language"),
    path("c/<int:company_id>/", include("accounts.company_urls")),
]
