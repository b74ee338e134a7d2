import asyncio
import unittest.mock
import uuid

import pytest
import redis
from django.conf import settings

from core.realtime.hub import Hub
from core.testing import until
from core.tests.valve import Valve

#: Which of a hub's connections are lost, by their place.
LOSSES = {"subscriber": (0,), "publisher": (1,), "caller": (2,), "all": (0, 1, 2)}


class Member:
    def __init__(self):
        self.packets = []
        self.resyncs = 0

    def push(self, packet):
        self.packets.append(packet)

    def resync(self):
        self.resyncs += 1

    async def hears(self, words):
        await until(lambda: self.heard == words)

    @property
    def heard(self):
        return [packet.payload for packet in self.packets]


class Deaf(Member):
    def push(self, packet):
        raise RuntimeError("the socket is gone")

    def resync(self):
        raise RuntimeError("the socket is gone")


@pytest.fixture
async def valve(tmp_path):
    valve = Valve(settings.REDIS_URL, tmp_path / "valve")
    await valve.open()
    yield valve
    await valve.close()


@pytest.fixture
async def hub(valve):
    hub = Hub(valve.url)
    await hub.start()
    yield hub
    await hub.stop()


@pytest.fixture
def valkey():
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        yield client


@pytest.fixture
def member():
    return Member()


@pytest.fixture
def channel():
    """A name that no other test uses."""
    return f"hub-test:{uuid.uuid4()}"


async def test_what_is_published_right_after_joining_is_heard(hub, valkey, channel):
    for place in range(50):
        member = Member()
        await hub.join(f"{channel}:{place}", member)
        valkey.publish(f"{channel}:{place}", b"now")
        await member.hears([b"now"])


async def test_events_come_in_the_order_they_were_published(hub, channel, member):
    await hub.join(channel, member)
    for number in range(500):
        hub.publish(channel, b"%d" % number)
    await until(lambda: len(member.packets) == 500)
    assert member.heard == [b"%d" % number for number in range(500)]


async def test_all_members_hear_the_same_packet(hub, channel):
    one, other = Member(), Member()
    await asyncio.gather(hub.join(channel, one), hub.join(channel, other))
    hub.publish(channel, b"once")
    await until(lambda: one.packets and other.packets)
    assert one.packets[0] is other.packets[0]


async def test_who_joins_just_after_another_has_left_waits_for_a_subscription_of_its_own(
    hub, channel, member, monkeypatch
):
    """Between the two the channel is not subscribed, and what is published is heard by nobody."""
    monkeypatch.setattr(hub, "_subscriber", unittest.mock.Mock())
    gone = Member()
    going = asyncio.create_task(hub.join(channel, gone))
    await asyncio.sleep(0)
    hub.leave(channel, gone)
    joining = asyncio.create_task(hub.join(channel, member))
    await asyncio.sleep(0)
    hub._heard([b"subscribe", channel.encode(), 1])
    await asyncio.sleep(0.01)
    assert not joining.done()
    hub._heard([b"subscribe", channel.encode(), 1])
    await asyncio.wait_for(joining, 1)
    going.cancel()


async def test_only_the_channels_joined_are_heard(hub, channel, member):
    await hub.join(channel, member)
    hub.publish(f"{channel}:other", b"not for you")
    hub.publish(channel, b"for you")
    await until(lambda: member.packets)
    assert member.heard == [b"for you"]


async def test_who_has_left_hears_no_more_and_the_others_do(hub, channel, member):
    staying = Member()
    await hub.join(channel, member)
    await hub.join(channel, staying)
    hub.leave(channel, member)
    hub.publish(channel, b"later")
    await until(lambda: staying.packets)
    assert member.packets == []


async def test_when_the_last_has_left_nothing_is_subscribed(hub, channel, valkey, member):
    await hub.join(channel, member)
    assert valkey.pubsub_numsub(channel) == [(channel.encode(), 1)]
    hub.leave(channel, member)
    await until(lambda: valkey.pubsub_numsub(channel) == [(channel.encode(), 0)])


async def test_leaving_twice_or_from_nowhere_harms_nothing(hub, channel, member):
    hub.leave(channel, member)
    await hub.join(channel, member)
    hub.leave(channel, member)
    hub.leave(channel, member)


async def test_who_leaves_and_joins_in_one_breath_hears(hub, channel, valkey, member):
    await hub.join(channel, member)
    for number in range(20):
        hub.leave(channel, member)
        await hub.join(channel, member)
        valkey.publish(channel, b"%d" % number)
        await until(lambda: len(member.packets) == number + 1)  # noqa: B023


async def test_a_member_that_fails_keeps_nobody_from_hearing(hub, channel, valve, member):
    await hub.join(channel, Deaf())
    await hub.join(channel, member)
    valve.cut()
    await until(lambda: member.resyncs)
    hub.publish(channel, b"one")
    await until(lambda: member.heard == [b"one"])
    assert len(valve.connections) == 6


async def test_a_call_is_answered(hub, channel):
    assert await hub.call("ECHO", channel) == channel.encode()


async def test_answers_find_their_calls_between_publishes(hub, channel, member):
    await hub.join(channel, member)

    async def ask(number):
        hub.publish(channel, b"x")
        return await hub.call("ECHO", number)

    assert await asyncio.gather(*map(ask, range(50))) == [b"%d" % number for number in range(50)]


async def test_a_wrong_call_raises_for_its_caller_alone(hub):
    with pytest.raises(Exception, match="unknown command"):
        await hub.call("NONSENSE")
    assert await hub.call("PING") == b"PONG"


@pytest.mark.parametrize("places", LOSSES.values(), ids=LOSSES)
async def test_after_a_lost_connection_members_compare_numbers_and_hear_again(
    hub, valve, channel, member, places
):
    await hub.join(channel, member)
    valve.cut(*places)
    await until(lambda: member.resyncs)
    hub.publish(channel, b"again")
    await until(lambda: member.heard == [b"again"])
    assert await hub.call("PING") == b"PONG"


@pytest.mark.parametrize("places", LOSSES.values(), ids=LOSSES)
async def test_one_loss_is_mended_once(hub, valve, channel, member, places):
    await hub.join(channel, member)
    valve.cut(*places)
    await until(lambda: member.resyncs)
    await asyncio.sleep(0.6)
    assert (member.resyncs, len(valve.connections)) == (1, 6)


async def test_who_is_told_to_compare_numbers_misses_nothing_from_then_on(hub, valve, channel, valkey):
    class Eager(Member):
        def resync(self):
            super().resync()
            valkey.publish(channel, b"while comparing")

    eager = Eager()
    await hub.join(channel, eager)
    valve.cut()
    await until(lambda: eager.resyncs)
    await until(lambda: eager.heard == [b"while comparing"])


async def test_a_member_of_many_channels_is_told_once(hub, valve, channel, member):
    for number in range(5):
        await hub.join(f"{channel}:{number}", member)
    valve.cut()
    await until(lambda: member.resyncs)
    await asyncio.sleep(0.1)
    assert member.resyncs == 1


async def test_while_valkey_is_away_nobody_waits_for_it(hub, valve, channel, member):
    await hub.join(channel, member)
    await valve.close()
    await asyncio.sleep(0.05)
    hub.publish(channel, b"lost")
    with pytest.raises(ConnectionError):
        await hub.call("PING")
    await valve.open()
    await until(lambda: member.resyncs == 1)
    hub.publish(channel, b"back")
    await until(lambda: member.heard == [b"back"])


async def test_who_joins_while_valkey_is_away_hears_when_it_is_back(hub, valve, channel, member):
    await valve.close()
    await asyncio.sleep(0.05)
    joining = asyncio.create_task(hub.join(channel, member))
    await asyncio.sleep(0.05)
    await valve.open()
    await joining
    hub.publish(channel, b"back")
    await until(lambda: member.heard == [b"back"])


async def test_a_call_under_way_when_the_connection_goes_fails(hub, valve):
    asked = asyncio.create_task(hub.call("BLPOP", f"hub-test:{uuid.uuid4()}", 30))
    await asyncio.sleep(0.05)
    valve.cut()
    with pytest.raises(ConnectionError):
        await asked
