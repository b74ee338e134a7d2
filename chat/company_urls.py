"""Below /c/<company id>/."""

from django.urls import path

from chat.views import balance, check, offline_messages, presence, workspace

app_name = "chat"
urlpatterns = [
    path("workspace/", workspace.workspace, name="workspace"),
    path("check/", check.check, name="check"),
    path("balance/", balance.index, name="balance"),
    path("settings/presence/", presence.presence, name="presence"),
    path("offline-messages/", offline_messages.index, name="offline-messages"),
    path("offline-messages/<int:pk>/read/", offline_messages.mark_read, name="offline-message-read"),
]
