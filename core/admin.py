"""What both admin sites share. Nothing is changed but by a service: what has none is read-only."""

import functools
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.functional import Promise, keep_lazy_text
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from unfold.admin import ModelAdmin
from unfold.dataclasses import Favicon
from unfold.sites import UnfoldAdminSite

from core.errors import DomainError

#: What Alpine, which unfold's pages are made with, needs beyond our policy: it makes functions of the expressions in
#: its attributes, and writes style attributes. See docs/decisions/0070-the-admins-policy.md.
POLICY = {"script-src": ["'unsafe-eval'"], "style-src-attr": ["'unsafe-inline'"]}

View = Callable[..., HttpResponseBase]
#: What an app has to show, each with its icon.
Rows = Mapping[type[models.Model], tuple[type["Admin"], str]]


class Link(NamedTuple):
    """A line of the navigation at the side, or of the person's menu."""

    title: str | Promise
    link: str
    icon: str = ""


class Site(UnfoldAdminSite):
    """An admin with its own door: who is turned away there sees none of its pages."""

    # `django.contrib.admin` keeps a log of its own, which anybody with the database can change: ours is the audit log.
    index_template = "console/index.html"
    enable_nav_sidebar = True

    def turned_away(self, request: HttpRequest) -> HttpResponseBase | None:
        """What to answer instead of a page; None for those who may enter."""
        raise NotImplementedError

    def may_change(self, request: HttpRequest) -> bool:
        raise NotImplementedError

    def navigation(self, request: HttpRequest) -> list[tuple[str | Promise, list[Link]]]:
        raise NotImplementedError

    def own_links(self, request: HttpRequest) -> list[Link]:
        """Of the menu at the person's name."""
        raise NotImplementedError

    def language_url(self, request: HttpRequest) -> str:
        """Where the language is chosen."""
        raise NotImplementedError

    def own_urls(self) -> list[URLPattern]:
        """Pages beside those of the rows."""
        return []

    def has_permission(self, request: HttpRequest) -> bool:
        return self.turned_away(request) is None

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        inside = super().admin_view(view, cacheable)

        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response: HttpResponseBase = self.turned_away(request) or inside(request, *args, **kwargs)
            response._csp_update = POLICY  # type: ignore[attr-defined]
            return response

        return guarded

    def get_urls(self) -> list[URLPattern]:
        """Without those for passwords, history and search over everything, which have no place here."""
        ours = {"index", "logout", "jsi18n", "app_list", "autocomplete"}
        found = [url for url in super().get_urls() if getattr(url, "name", None) is None or url.name in ours]
        return [*self.own_urls(), *found]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        theme = request.COOKIES.get("parley_theme")
        return {
            **super().each_context(request),
            "user": request.user,
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_favicons": [
                Favicon(href=static("favicon.svg"), rel="icon", type="image/svg+xml", sizes=None)
            ],
            "site_url": None,
            "site_symbol": "forum",
            "colors": None,
            "styles": [static("console/console.css")],
            "theme": theme if theme in {"light", "dark"} else None,
            "show_history": False,
            "show_languages": True,
            "languages_action": self.language_url(request),
            "redirect_to": request.get_full_path(),
            "account_links": self.own_links(request),
        }

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {"title": title, "items": [_line(one, request) for one in links], "separator": False}
            for title, links in self.navigation(request)
            if links
        ]

    def rows_link(self, model: type[models.Model], icon: str) -> Link:
        meta = model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist", current_app=self.name)
        return Link(capfirst(str(meta.verbose_name_plural)), address, icon)


def _line(link: Link, request: HttpRequest) -> dict[str, Any]:
    is_here = request.path == link.link or (link.link.count("/") > 2 and request.path.startswith(link.link))
    return {**link._asdict(), "has_permission": True, "active": is_here}


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is typed, for a service: it makes the row, and knows what is right."""

    def _post_clean(self) -> None:
        """Django would put what was typed into the row here."""


class Admin(ModelAdmin):
    """Rows of one model, read-only but for the deeds a subclass has."""

    adds: ClassVar[bool] = False
    changes: ClassVar[bool] = False
    deletes: ClassVar[bool] = False

    actions = None
    list_per_page = 50
    show_full_result_count = False
    admin_site: Site

    def __init__(self, model: type[models.Model], admin_site: Any) -> None:
        super().__init__(model, admin_site)
        _name(model)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """By what a page offers, and by nothing else: Django lets any field be asked for its first letters, and so
        password and session key letter by letter."""
        field = lookup.partition(LOOKUP_SEP)[0]
        is_field = any(field in {one.name, getattr(one, "attname", None)} for one in self.opts.get_fields())
        is_offered = field in {one for one in self.list_filter if isinstance(one, str)}
        return (is_offered or not is_field) and super().lookup_allowed(lookup, value, request)

    # Deeds: each calls one service, which may raise a DomainError.

    def add(self, request: HttpRequest, values: Mapping[str, Any]) -> models.Model:
        raise NotImplementedError

    def change(self, request: HttpRequest, row: Any, values: Mapping[str, Any]) -> None:
        raise NotImplementedError

    def delete(self, request: HttpRequest, row: Any) -> None:
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.adds and self.admin_site.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.changes and self.admin_site.may_change(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletes and self.admin_site.may_change(request)

    def get_urls(self) -> list[URLPattern]:
        return [url for url in super().get_urls() if not str(url.name or "").endswith("_history")]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as trouble:
            # Once more: the form now says what a service had against it.
            request.trouble = trouble  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        trouble = getattr(request, "trouble", None)
        return form if trouble is None else _told(form, trouble)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self.change(request, self.model._default_manager.get(pk=obj.pk), form.cleaned_data)
        else:
            obj.pk = self.add(request, form.cleaned_data).pk
        obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What belongs to a row is written by its service too."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        try:
            return super().delete_view(request, object_id, *args, **kwargs)
        except DomainError as trouble:
            messages.error(request, trouble.message)
            return HttpResponseRedirect(request.path)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The row itself: what else becomes of it is for its service to say."""
        rows = [str(one) for one in objs]
        return rows, {self.opts.verbose_name_plural: len(rows)}, set(), []

    def log_addition(self, *args: Any) -> None:
        """The services say what was done: see the audit log."""

    log_change = log_deletion = log_deletions = log_addition


def _name(model: type[models.Model]) -> None:
    """Where a model names no plural, or a field has no name of its own, Django makes an English one: in other languages
    it is looked up, and a plural is left as it is."""
    if "verbose_name_plural" not in model._meta.original_attrs:
        model._meta.verbose_name_plural = _plural_of(model._meta.verbose_name)  # type: ignore[arg-type]
    for field in (*model._meta.fields, *model._meta.many_to_many):
        if field._verbose_name is None:  # type: ignore[attr-defined]
            field.verbose_name = gettext_lazy(str(field.verbose_name))


@keep_lazy_text
def _plural_of(name: str) -> str:
    return f"{name}s" if (get_language() or "en").startswith("en") else name


def _told(form: Any, trouble: DomainError) -> Any:
    class Told(form):
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(trouble.field if trouble.field in self.fields else None, trouble.message)
            return cleaned

    return Told
