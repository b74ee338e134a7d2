"""Below /c/<company id>/, in the namespace of accounts/urls.py, which includes it."""

from django.urls import include, path

from accounts.views import (
    addresses,
    audit,
    confirmation,
    language,
    notices,
    password,
    plan,
    settings,
    sign_in,
    sign_up,
    socket_token,
)

urlpatterns = [
    path("welcome/", sign_up.welcome, name="welcome"),
    path("unconfirmed/", confirmation.unconfirmed, name="unconfirmed"),
    path("send-again/", confirmation.send_again, name="send-again"),
    path("language/", language.own_language, name="own-language"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("help/", include("accounts.help_urls")),
    path("settings/audit/", audit.index, name="audit"),
    path("settings/audit/export/", audit.export, name="audit-export"),
    path("closed/", plan.closed, name="closed"),
    path("settings/agents/", include("accounts.agent_urls")),
    path("settings/", settings.index, name="settings"),
    path("settings/", include("accounts.role_urls")),
    path("settings/", include("accounts.security_urls")),
    path("settings/plan/", plan.plan, name="plan"),
    path("notices/", notices.index, name="notices"),
    path("notices/all/", notices.everything, name="notices-all"),
    path("notices/new/", notices.new, name="notice-new"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/edit/", notices.edit, name="notice-edit"),
    path("notices/<int:pk>/withdraw/", notices.withdraw, name="notice-withdraw"),
    path("notices/<int:pk>/delete/", notices.delete, name="notice-delete"),
    path("notices/<int:pk>/read/", notices.read, name="notice-read"),
    path("settings/password/", password.own, name="own-password"),
    path("settings/agents/<int:pk>/password/", password.of_agent, name="agent-password"),
    path("settings/addresses/", addresses.index, name="addresses"),
    path("settings/addresses/new/", addresses.new, name="address-new"),
    path("settings/addresses/<int:pk>/", addresses.edit, name="address"),
    path("settings/addresses/<int:pk>/remove/", addresses.remove, name="address-remove"),
    path("socket-token/", socket_token.socket_token, name="socket-token"),
]
