from django.utils.translation import gettext_lazy as _

from accounts import first_hour
from chat.models import Conversation

STEPS = [
    first_hour.Step(
        40,
        _("Have a first test chat"),
        _(
            "Be online in the workspace, open your website in another window, write something there and accept it "
            "here."
        ),
        _("Open the workspace"),
        "chat:workspace",
        lambda company: Conversation.objects.filter(accepted_at__isnull=False).exists(),
    ),
]
