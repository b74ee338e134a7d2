"""Nothing in the admins stays English for those who read Chinese."""

import re

import pytest
from django.contrib.admin.utils import label_for_field
from django.utils import translation

from config.console import company_site, operator_site

#: What Chinese has no word of its own for.
SAME = re.compile(r"\b(ID|IP|E-mail|Parley)\b")


def shown(rows):
    """Columns and methods; what a form has beside them carries a text of ours."""
    names = {*rows.list_display, *rows.readonly_fields, *(rows.fields or [])} - {"__str__", "id", "version"}
    return sorted(name for name in names if hasattr(rows.model, name) or hasattr(rows, name))


@pytest.mark.parametrize("site", [company_site.site, operator_site.site], ids=["company", "operator"])
def test_every_label_is_chinese(site):
    with translation.override("zh-hans"):
        labels = {
            f"{model._meta.label} {name}": str(label_for_field(name, model, rows))
            for model, rows in site._registry.items()
            for name in shown(rows)
        }
        plurals = {model._meta.label: str(model._meta.verbose_name_plural) for model in site._registry}
    english = {
        place: label for place, label in (labels | plurals).items() if re.search("[a-z]", SAME.sub("", label))
    }
    assert english == {}
