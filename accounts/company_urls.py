"""Below /c/<company id>/, in the namespace of accounts/urls.py, which includes it."""

from django.urls import path

from accounts.views import audit, confirmation, language, plan, settings, sign_in, sign_up, socket_token

urlpatterns = [
    path("welcome/", sign_up.welcome, name="welcome"),
    path("unconfirmed/", confirmation.unconfirmed, name="unconfirmed"),
    path("send-again/", confirmation.send_again, name="send-again"),
    path("language/", language.own_language, name="own-language"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("settings/audit/", audit.index, name="audit"),
    path("settings/audit/export/", audit.export, name="audit-export"),
    path("closed/", plan.closed, name="closed"),
    path("settings/", settings.index, name="settings"),
    path("settings/plan/", plan.plan, name="plan"),
    path("socket-token/", socket_token.socket_token, name="socket-token"),
]
