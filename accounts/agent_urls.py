"""Below /c/<company id>/settings/agents/, in the namespace of accounts/urls.py."""

from django.urls import path

from accounts.views import agent_deeds, agent_imports, agent_pictures, agents, invitations

urlpatterns = [
    path("", agents.index, name="agents"),
    path("new/", agents.add, name="agent-new"),
    path("invite/", invitations.invite, name="agent-invite"),
    path("import/", agent_imports.upload, name="agent-import"),
    path("import/sample/", agent_imports.sample, name="agent-import-sample"),
    path("import/rows/", agent_imports.carry_out, name="agent-import-rows"),
    path("several/", agent_deeds.bulk, name="agents-bulk"),
    path("<int:pk>/", agents.edit, name="agent"),
    path("<int:pk>/picture/", agent_pictures.put_on, name="agent-picture"),
    path("<int:pk>/no-picture/", agent_pictures.take_off, name="agent-no-picture"),
    path("<int:pk>/disable/", agent_deeds.disable, name="agent-disable"),
    path("<int:pk>/enable/", agent_deeds.enable, name="agent-enable"),
    path("<int:pk>/delete/", agent_deeds.delete, name="agent-delete"),
    path("<int:pk>/invitation/", agent_deeds.send_again, name="agent-send-again"),
    path("<int:pk>/revoke/", agent_deeds.revoke, name="agent-revoke"),
]
