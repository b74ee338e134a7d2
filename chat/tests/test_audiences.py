"""Ids repeat across companies; the names of their channels must not."""

import inspect
import itertools
import uuid

import pytest

from chat import audiences
from core.tenancy import context

AUDIENCES = {
    name: function
    for name, function in inspect.getmembers(audiences, inspect.isfunction)
    if not name.startswith("_") and function.__module__ == audiences.__name__
}
SAMPLES = {uuid.UUID: uuid.UUID(int=7), int: 7, str: "7"}


def channels(name, schema):
    function = AUDIENCES[name]
    arguments = [
        SAMPLES[parameter.annotation] for parameter in inspect.signature(function).parameters.values()
    ]
    with context.entered(schema):
        named = function(*arguments)
    return {named} if isinstance(named, str) else set(named)


def test_there_are_audiences():
    assert {"site", "visitor", "conversation", "takers"} <= set(AUDIENCES)


@pytest.mark.parametrize("name", AUDIENCES)
def test_each_name_begins_with_the_companys_schema(name):
    assert all(channel.startswith("c_10000001:") for channel in channels(name, "c_10000001"))


@pytest.mark.parametrize("name", AUDIENCES)
def test_two_companies_never_share_a_channel(name):
    assert channels(name, "c_10000001").isdisjoint(channels(name, "c_10000002"))


@pytest.mark.parametrize(
    ("one", "other"), [*itertools.combinations(sorted(AUDIENCES.keys() - {"agents"}), 2)]
)
def test_different_audiences_never_share_a_channel(one, other):
    assert channels(one, "c_10000001").isdisjoint(channels(other, "c_10000001"))
