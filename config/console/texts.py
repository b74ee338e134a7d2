"""Words that both admins show although no text of ours names them: named here, they are found and translated."""

from django.utils.translation import gettext_lazy as _

#: Of unfold's templates, which come in English alone.
UNFOLD = (
    _("Apply Filters"), _("Expand row"), _("False"), _("Filters"), _("General"), _("Go back"), _("More actions"),
    _("Next"), _("No data"), _("No results found"), _("No results matching your query"), _("Previous"),
    _("Reset filters"), _("Select value"), _("System"), _("This item will be deleted."),
    _("This page yielded into no results. Create a new item or reset your filters."),
    _("Toggle password visibility"), _("True"), _("Type to search"),
)  # fmt: skip

#: Columns that have no name of their own; Django makes one of the field's, and core/admin.py looks it up.
COLUMNS = (
    _("accepted at"), _("action"), _("active at"), _("address"), _("agent"), _("agents"), _("at"), _("audience"),
    _("author"), _("away after minutes"), _("began at"), _("began from"), _("browser"), _("by kind"),
    _("capabilities"), _("carrier"), _("changed at"), _("city"), _("company"), _("confirmed at"), _("country"),
    _("created at"), _("deleted at"), _("device"), _("ended at"), _("ended by"), _("ends at"), _("entry title"),
    _("entry url"), _("finished at"), _("first seen at"), _("groups"), _("idle since"), _("kind"),
    _("language"), _("last seen at"), _("leads to"), _("left shown minutes"), _("method"), _("note"), _("number"),
    _("page title"), _("page url"), _("pages"), _("position"), _("province"), _("read at"), _("read by"),
    _("reason"), _("referrer"), _("requested at"), _("return after seconds"), _("seen at"), _("source kind"),
    _("source name"), _("source words"), _("started at"), _("starts at"), _("status"), _("subject kind"),
    _("system"), _("title"), _("url"), _("user agent"), _("visit"), _("visitor"), _("visits"),
    _("withdrawn at"),
)  # fmt: skip
