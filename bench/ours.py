"""Parley set up to be measured: real companies, agents and visitors; only the flood limits are raised."""

import dataclasses
import io
import os

import django
import msgspec

from bench import beacon, layout, plan
from bench.design import BROWSER, Design, Slow
from bench.people import Talk
from protocol import commands, payloads

# Fifty visitors send what thousands would: no single one may send so much.
LIMITS = {"PARLEY_COMMANDS_PER_SECOND": "1000000", "PARLEY_COMMANDS_AT_ONCE": "1000000"}
SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings.development"}
#: Conversations of one company; more of them make more companies.
PER_COMPANY = 200
PAGE = payloads.Page(url="https://www.example.com/prices", title="Prices")
MESSAGE = '{"type":"message.send","ref":@ref@,"conversation_id":%d,"client_id":"@uuid@","text":"%s"}'


class Ours(Design):
    name = "ours"

    def start(self) -> None:
        # The rows are made from here, through the models and services that the servers use too.
        os.environ.update(self.stack.environment | SETTINGS)
        django.setup()
        from django.core.management import call_command

        call_command("migrate_companies", stdout=io.StringIO())
        for _ in range(layout.PROCESSES):
            self.stack.start_server(["-m", "config.live"], LIMITS | SETTINGS | {"PORT": "{port}"})

    def talk(self, conversations: int) -> list[plan.Socket]:
        from bench import rows

        talks = rows.talks(conversations, PER_COMPANY)
        return [socket for talk in talks for socket in (self._agent(talk), self._visitor(talk))]

    def slow(self) -> list[Slow]:
        from bench import rows

        idlers = rows.idlers(len(self.stack.ports))
        return [
            Slow(
                plan.Socket(port, _path(idler.company_id, "agent"), (_opening(idler.token),)),
                _json(commands.SetStatus(ref=2, status="away")),
                f'SELECT 1 FROM "{idler.schema}".chat_presence WHERE agent_id = %(agent)s FOR UPDATE',
                {"agent": idler.pk},
            )
            for idler, port in zip(idlers, self.stack.ports, strict=True)
        ]

    def browsers(self, count: int) -> list[plan.Socket]:
        return self.newcomers(count)

    def newcomers(self, count: int) -> list[plan.Socket]:
        from bench import rows

        opened = commands.OpenVisitorSession(ref=1, page=PAGE, language="en")
        opening = plan.Opening(_json(opened), "session.opened")
        path = _path(rows.first_company().company_id, "visitor")
        return [plan.Socket(self.visitors, path, (opening,), headers=BROWSER)] * count

    def beacon(self) -> beacon.Beacon:
        from bench import rows

        opened = _json(commands.OpenVisitorSession(ref=1, page=PAGE, language="en"))
        path = _path(rows.first_company().company_id, "visitor")
        return beacon.SocketBeacon(self.visitors, path, opened)

    def watchers(self, count: int) -> list[plan.Socket]:
        board = plan.Opening(_json(commands.OpenBoard(ref=2)), '"ref":2')
        return [
            dataclasses.replace(agent, openings=(*agent.openings, board)) for agent in self.colleagues(count)
        ]

    def colleagues(self, count: int) -> list[plan.Socket]:
        from bench import rows

        return [
            plan.Socket(self.agents, _path(idler.company_id, "agent"), (_opening(idler.token),))
            for idler in rows.idlers(count)
        ]

    def tell_colleagues(self) -> None:
        from bench import rows

        rows.tell_colleagues()

    def finish(self) -> None:
        from bench import rows

        rows.finish()

    def _agent(self, talk: Talk) -> plan.Socket:
        openings = (_opening(talk.agent_token), _follow(talk))
        return plan.Socket(self.agents, _path(talk.company_id, "agent"), openings)

    def _visitor(self, talk: Talk) -> plan.Socket:
        opened = commands.OpenVisitorSession(ref=1, token=talk.visitor_token, page=PAGE)
        openings = (plan.Opening(_json(opened), "session.opened"), _follow(talk))
        message = MESSAGE % (talk.conversation_id, plan.text())
        return plan.Socket(self.visitors, _path(talk.company_id, "visitor"), openings, message)


def _opening(token: str) -> plan.Opening:
    return plan.Opening(_json(commands.OpenAgentSession(ref=1, token=token)), "session.opened")


def _follow(talk: Talk) -> plan.Opening:
    follow = commands.FollowConversation(ref=2, conversation_id=talk.conversation_id, after=2)
    return plan.Opening(_json(follow), '"ref":2')


def _path(company_id: int, side: str) -> str:
    return f"/live/c/{company_id}/{side}"


def _json(command: msgspec.Struct) -> str:
    return msgspec.json.encode(command).decode()
