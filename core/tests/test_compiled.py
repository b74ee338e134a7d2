"""A query that is put together once answers as one that is put together each time."""

import datetime
import threading

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import compiled
from core.compiled import Slot

NAMED = compiled.Query(lambda: Session.objects.filter(session_key=Slot("name")))
AFTER = compiled.Query(
    lambda: (
        Session.objects.filter(session_key__gt=Slot("name"), expire_date__gt=Slot("at"))
        .annotate(length=Length("session_data"))
        .order_by("session_key")[:2]
    )
)


def make(name, data="words"):
    return Session.objects.create(session_key=name, session_data=data, expire_date=timezone.now())


def data(name):
    return [one.session_data for one in NAMED.all(name=name)]


def test_it_finds_the_row_as_the_orm_does(in_acme):
    make("a"), make("b", "100% 'of it'")
    (found,) = NAMED.all(name="b")
    assert found == Session.objects.get(pk="b")
    assert vars(found).keys() == vars(Session.objects.get(pk="b")).keys()
    assert (found.session_data, found._state.adding, found._state.db) == ("100% 'of it'", False, "default")


def test_it_finds_nothing_where_there_is_nothing(in_acme):
    assert NAMED.first(name="a") is None
    assert NAMED.all(name="a") == []


def test_each_use_has_its_own_values_order_limit_and_annotations(in_acme):
    for name in "dbca":
        make(name, name * 3)
    long_ago = timezone.now() - datetime.timedelta(days=1)
    found = AFTER.all(name="a", at=long_ago)
    assert [(one.pk, vars(one)["length"]) for one in found] == [("b", 3), ("c", 3)]
    assert [one.pk for one in AFTER.all(at=long_ago, name="c")] == ["d"]
    assert AFTER.all(name="a", at=timezone.now()) == []


@pytest.mark.parametrize("name", ["' OR true --", "%s", "%", "a\\'"])
def test_values_are_data(in_acme, name):
    make("a"), make(name)
    assert [one.pk for one in NAMED.all(name=name)] == [name]


def test_a_value_that_is_not_given_is_a_mistake(in_acme):
    with pytest.raises(KeyError):
        NAMED.all(other="a")


def test_values_are_made_of_what_the_database_says(in_acme):
    """A count in SQL comes as an integer, as the output field says."""
    number = models.expressions.RawSQL("1.0::numeric", (), output_field=models.IntegerField())
    counted = compiled.Query(lambda: Session.objects.annotate(number=number))
    make("a")
    assert type(vars(counted.all()[0])["number"]) is int


def test_a_company_never_finds_what_another_one_has(in_acme, globex):
    make("a", "of Acme")
    assert data("a") == ["of Acme"]
    with globex.entered():
        assert data("a") == []
        make("a", "of Globex")
        assert data("a") == ["of Globex"]
    assert data("a") == ["of Acme"]


def test_it_is_put_together_once(in_acme):
    built = []

    def build():
        built.append(1)
        return Session.objects.filter(session_key=Slot("name"))

    query = compiled.Query(build)
    with CaptureQueriesContext(connection) as asked:
        query.first(name="a"), query.first(name="b")
    assert len(built) == 1
    assert len([one for one in asked if "SELECT" in one["sql"]]) == 2


def test_it_is_put_together_with_whatever_connection_and_asked_with_ones_own(committed):
    """The thread that came first may be gone, and its connection with it."""
    query = compiled.Query(lambda: Session.objects.filter(session_key=Slot("name")))
    found = []

    def ask():
        with committed.acme.entered():
            found.extend(query.all(name="a"))
        connection.close()

    with committed.acme.entered():
        make("a")
    for _ in range(2):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join(10)
    assert [one.pk for one in found] == ["a", "a"]


def test_what_is_selected_with_it_is_there(db):
    query = compiled.Query(lambda: Permission.objects.select_related("content_type").filter(pk=Slot("pk")))
    expected = Permission.objects.select_related("content_type")[0]
    (found,) = query.all(pk=expected.pk)
    with CaptureQueriesContext(connection) as asked:
        assert isinstance(found.content_type, ContentType)
        assert found.content_type == expected.content_type
    assert len(asked) == 0
