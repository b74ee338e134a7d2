from django.urls import include, path

from accounts.views import confirmation, home, language, sign_in, sign_up

app_name = "accounts"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-up/", sign_up.sign_up, name="sign-up"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("confirm/<str:token>/", confirmation.confirm, name="confirm"),
    path("language/", language.language, name="language"),
    path("c/<int:company_id>/", include("accounts.company_urls")),
]
