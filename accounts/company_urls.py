"""Below /c/<company id>/, in the namespace of accounts/urls.py, which includes it."""

from django.urls import path

from accounts.views import confirmation, language, settings, sign_in, sign_up, socket_token

urlpatterns = [
    path("welcome/", sign_up.welcome, name="welcome"),
    path("unconfirmed/", confirmation.unconfirmed, name="unconfirmed"),
    path("send-again/", confirmation.send_again, name="send-again"),
    path("language/", language.own_language, name="own-language"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("settings/", settings.index, name="settings"),
    path("socket-token/", socket_token.socket_token, name="socket-token"),
]
