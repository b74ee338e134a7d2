"""Many invitations from one table: first each row is judged, and only if all are right they are sent, all at once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import errors
from accounts.forms.fields import plain
from accounts.models import Agent, Group, Role
from accounts.models.agent import agent_id_validator
from accounts.services import agent_rules, invitations
from companies.models import Company

MOST_ROWS = 200
COLUMNS = ("email", "agent_id", "name", "role", "groups", "language", "telephone")
#: What a column may be called, in any language of ours and whatever the case.
_CALLED = {
    "email": {"email", "e-mail", "邮箱", "电子邮箱", "电子邮件"},
    "agent_id": {"agent_id", "agent id", "客服id"},
    "name": {"name", "display name", "姓名", "名称", "显示名称"},
    "role": {"role", "角色"},
    "groups": {"groups", "group", "客服分组", "分组"},
    "language": {"language", "语言"},
    "telephone": {"telephone", "phone", "电话"},
}
_LANGUAGES = {
    "": "",
    "en": "en",
    "english": "en",
    "zh-hans": "zh-hans",
    "zh": "zh-hans",
    "简体中文": "zh-hans",
}


class Row(NamedTuple):
    """A line of the table, and what is wrong with it."""

    number: int
    typed: dict[str, str]
    facts: dict[str, Any]
    problems: list[str]


def lines(table: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """What each line says, by column; raises when it is not such a table or is too long."""
    head = [_column(cell) for cell in table[0]] if table else []
    if "email" not in head:
        raise errors.ColumnMissing
    if len(table) - 1 > MOST_ROWS:
        raise errors.TooManyRows(most=MOST_ROWS)
    if len(table) == 1:
        raise errors.NoRows
    return [{name: cell for name, cell in zip(head, row) if name} for row in table[1:]]


def judge(typed: Sequence[dict[str, str]], by: Agent) -> list[Row]:
    """Each line as it would be invited, with every reason against it. A few statements for all of them."""
    known = _Known(by)
    return [known.judge(number, line) for number, line in enumerate(typed, start=1)]


@transaction.atomic
def carry_out(
    company: Company, typed: Sequence[dict[str, str]], *, by: Agent, origin: str = ""
) -> list[Agent]:
    """Invite all of them, or nobody."""
    by = agent_rules.in_turn(by)
    rows = judge(typed, by)
    if any(row.problems for row in rows):
        raise errors.BadRows
    # In one order, so that two companies that invite the same people never wait for each other.
    rows.sort(key=lambda row: row.facts["email"].lower())
    return [invitations.invite(company, by=by, origin=origin, **row.facts) for row in rows]


class _Known:
    """What there is already, asked for once, and what the lines before have taken."""

    def __init__(self, by: Agent) -> None:
        self.by = by
        roles = list(Role.objects.all())
        # The kinds last: an own role may be called like one of them.
        self.roles = {str(role).lower(): role for role in roles}
        self.roles |= {role.kind: role for role in roles if role.kind != Role.Kind.OWN}
        self.first = Role.objects.get(kind=Role.Kind.AGENT)
        self.groups = {group.name.lower(): group for group in Group.objects.all()}
        self.agent_ids = set(Agent.objects.values_list("agent_id", flat=True))

    def judge(self, number: int, typed: dict[str, str]) -> Row:
        problems: list[str] = []
        facts = {
            "email": self._email(typed, problems),
            "agent_id": self._agent_id(typed, problems),
            "name": self._short(typed, "name", 60, problems),
            "telephone": self._short(typed, "telephone", 40, problems),
            "role": self._role(typed, problems),
            "groups": self._groups(typed, problems),
            "language": self._language(typed, problems),
        }
        return Row(number, typed, facts, problems)

    def _email(self, typed: dict[str, str], problems: list[str]) -> str:
        email = typed.get("email", "")
        try:
            # A row has no room for more.
            validate_email(email if len(email) <= 254 else "")
        except ValidationError:
            problems.append(_("“%(email)s” is no e-mail address.") % {"email": email})
        return email

    def _agent_id(self, typed: dict[str, str], problems: list[str]) -> str:
        """Where there is none, what stands before the @."""
        agent_id = plain(typed.get("agent_id", "") or typed.get("email", "").partition("@")[0]).lower()
        try:
            agent_id_validator(agent_id)
        except ValidationError as error:
            problems.append(
                _("Agent ID “%(agent_id)s”: ") % {"agent_id": agent_id} + " ".join(error.messages)
            )
        if agent_id in self.agent_ids:
            problems.append(_("The agent ID “%(agent_id)s” is taken already.") % {"agent_id": agent_id})
        self.agent_ids.add(agent_id)
        return agent_id

    def _short(self, typed: dict[str, str], name: str, most: int, problems: list[str]) -> str:
        words = " ".join(typed.get(name, "").replace("\x00", "").split())
        if len(words) > most:
            problems.append(_("“%(words)s” is too long.") % {"words": words[:40] + "…"})
        return words

    def _role(self, typed: dict[str, str], problems: list[str]) -> Role:
        named = typed.get("role", "")
        role = self.roles.get(named.lower(), self.first) if named else self.first
        if named and named.lower() not in self.roles:
            problems.append(_("There is no role “%(role)s”.") % {"role": named})
        try:
            agent_rules.check_gives(self.by, Agent(role=role))
        except errors.GivesMore as trouble:
            problems.append(trouble.message)
        return role

    def _groups(self, typed: dict[str, str], problems: list[str]) -> list[Group]:
        named = [one.strip() for one in typed.get("groups", "").replace("；", ";").split(";") if one.strip()]
        problems += [
            _("There is no group “%(group)s”.") % {"group": one}
            for one in named
            if one.lower() not in self.groups
        ]
        return [self.groups[one.lower()] for one in named if one.lower() in self.groups]

    def _language(self, typed: dict[str, str], problems: list[str]) -> str:
        named = typed.get("language", "")
        if named.lower() not in _LANGUAGES:
            problems.append(
                _("“%(language)s” is no language of ours; use en or zh-hans.") % {"language": named}
            )
        return _LANGUAGES.get(named.lower(), "")


def _column(cell: str) -> str:
    for name, called in _CALLED.items():
        if cell.strip().lower() in called:
            return name
    return ""
