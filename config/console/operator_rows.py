"""Operators in their own console."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponseBase
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from accounts import operators as known
from accounts import proofs
from accounts.forms.fields import AgentIdField, LineField
from accounts.models import Agent
from accounts.models.agent import agent_id_validator
from accounts.services import operators, two_step
from config.console.models import Operator
from core.admin import Admin, RowForm
from core.errors import DomainError, Forbidden

_MINUTES = int(proofs.LASTS.total_seconds() // 60)


def _own_password(**help_text: Any) -> forms.CharField:
    """Only asked for where it was not typed a moment ago."""
    return forms.CharField(
        label=_("Your own password"),
        max_length=128,
        strip=False,
        required=False,
        **help_text,
        widget=widgets.UnfoldAdminPasswordWidget(attrs={"autocomplete": "current-password"}),
    )


class NewOperator(RowForm):
    agent_id = AgentIdField(
        label=_("Operator ID"),
        max_length=30,
        validators=[agent_id_validator],
        widget=widgets.UnfoldAdminTextInputWidget,
    )
    name = LineField(label=_("Name"), max_length=60, widget=widgets.UnfoldAdminTextInputWidget)
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=widgets.UnfoldAdminEmailInputWidget)
    password = forms.CharField(
        label=_("First password"),
        max_length=128,
        strip=False,
        validators=[password_validation.validate_password],
        help_text=_("Hand it over by a way you trust. At the first sign-in a second step is set up."),
        widget=widgets.UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
    )

    present = _own_password(
        help_text=format_lazy(
            _("You need not type it within {minutes} minutes after you have signed in or typed it."),
            minutes=_MINUTES,
        )
    )

    class Meta:
        model = Operator
        fields: tuple[str, ...] = ()


class ExistingOperator(RowForm):
    new_password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        required=False,
        validators=[password_validation.validate_password],
        help_text=_("Empty: it stays. Wherever they are signed in, that is over with it."),
        widget=widgets.UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
    )
    #: Named as what a wrong one is told at.
    present = _own_password(
        help_text=format_lazy(
            _(
                "For the two below. You need not type it within {minutes} minutes after you have signed in or typed it."
            ),
            minutes=_MINUTES,
        )
    )
    forget_second_step = forms.BooleanField(
        label=_("Forget the second step"),
        required=False,
        help_text=_("For somebody who has lost app and recovery codes: the next sign-in sets up a new one."),
        widget=widgets.UnfoldBooleanWidget,
    )

    class Meta:
        model = Operator
        fields = ("name", "email", "is_active")


class OperatorAdmin(Admin):
    adds = changes = True
    list_display = ("operator_id", "name", "email", "is_active", "last_login")
    search_fields = ("agent_id", "name", "email")
    ordering = ("agent_id",)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The password first: what is undone with a change that is refused would undo the count of guesses too."""
        if request.method == "POST" and _asks_password(request, is_new=object_id is None):
            try:
                _prove(request)
            except DomainError as trouble:
                request.trouble = trouble  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = ExistingOperator if change else NewOperator
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("agent_id", "name", "email", "password", "present")
        deeds = ("present", "new_password", "forget_second_step")
        return ("operator_id", "name", "email", "is_active", *deeds, "last_login", "created_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("operator_id", "last_login", "created_at")

    @admin.display(description=_("Operator ID"), ordering="agent_id")
    def operator_id(self, operator: Operator) -> str:
        return operator.agent_id

    def add(self, request: HttpRequest, values: Mapping[str, Any]) -> Agent:
        typed = {name: value for name, value in values.items() if name != "present"}
        return operators.add(**typed)

    def change(self, request: HttpRequest, row: Operator, values: Mapping[str, Any]) -> None:
        operators.set_active(row, values["is_active"])
        operators.change(row, name=values["name"], email=values["email"])
        if values["new_password"]:
            operators.change_password(row, password=values["new_password"])
        if values["forget_second_step"]:
            two_step.reset(row)


def _asks_password(request: HttpRequest, *, is_new: bool) -> bool:
    """Whether it would let somebody in: a new one, or one by another password or without the second step."""
    is_way_in = is_new or request.POST.get("new_password") or request.POST.get("forget_second_step")
    return bool(is_way_in) and not proofs.is_fresh(request.session)


def _prove(request: HttpRequest) -> None:
    operator = known.of(request)
    if operator is None:
        raise Forbidden
    typed, address = request.POST.get("present", ""), request.META.get("REMOTE_ADDR", "")
    operators.prove(operator, password=typed, session=request.session, address=address)
    proofs.note(request.session)
