"""Second steps and sessions: below /c/<company id>/settings/, in the namespace of accounts/urls.py."""

from django.urls import path

from accounts.views import agent_sign_ins, own_sessions, passkeys, security, sign_in_settings

urlpatterns = [
    path("security/", security.overview, name="security"),
    path("security/app/begin/", security.begin_app, name="security-app-begin"),
    path("security/app/", security.app, name="security-app"),
    path("security/app/remove/", security.remove_app, name="security-app-remove"),
    path("security/recovery-codes/", security.new_codes, name="recovery-codes"),
    path("security/passkeys/new/", passkeys.add, name="passkey-new"),
    path("security/passkeys/<int:pk>/", passkeys.edit, name="passkey"),
    path("security/passkeys/<int:pk>/remove/", passkeys.remove, name="passkey-remove"),
    path("sessions/", own_sessions.index, name="own-sessions"),
    path("sessions/end-others/", own_sessions.end_others, name="own-sessions-end"),
    path("sessions/<int:pk>/end/", own_sessions.end, name="own-session-end"),
    path("sign-in/", sign_in_settings.index, name="sign-in-settings"),
    path("agents/<int:pk>/sessions/", agent_sign_ins.index, name="agent-sessions"),
    path("agents/<int:pk>/sessions/end-all/", agent_sign_ins.end_all, name="agent-sessions-end"),
    path("agents/<int:pk>/sessions/<int:sign_in>/end/", agent_sign_ins.end, name="agent-session-end"),
    path("agents/<int:pk>/second-step/reset/", agent_sign_ins.reset, name="agent-second-step-reset"),
]
