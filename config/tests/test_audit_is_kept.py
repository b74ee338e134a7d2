"""Whatever changes what people have chosen stands in the audit log: a new service cannot forget it."""

import re

import pytest

from accounts import audit_words
from config.tests import services_read

#: Deeds that write rows and leave no entry, each with the reason.
NOT_AUDITED: dict[str, str] = {
    "accounts.services.agents.add": "the first agent, part of opening the company",
    "accounts.services.agents.save_new": "what adding and inviting share, and they tell",
    "accounts.services.invitation_limit.count": "counts, which nobody has chosen",
    "accounts.services.bounds.count": "counts, which nobody has chosen",
    "accounts.services.confirmations.send": "a delivery, which is a row of its own",
    "accounts.services.confirmations.send_again": "a delivery, which is a row of its own",
    "accounts.services.mails.post": "a delivery, which is a row of its own",
    "accounts.services.notices.read": "a reading is a row of its own",
    **dict.fromkeys(
        [f"accounts.services.password_links.{deed}" for deed in ("ask", "mail", "mail_if_known")],
        "a delivery is a row of its own; the password stays as it is",
    ),
    "accounts.services.password_limit.count": "counts, which nobody has chosen",
    **dict.fromkeys(
        [
            "accounts.services.passkeys.attempt", "accounts.services.passkeys.verify",
            "accounts.services.recovery_codes.use", "accounts.services.two_step.attempt",
            "accounts.services.two_step.counted", "accounts.services.two_step.verify",
            "accounts.services.waiting_sign_ins.begin",
            "accounts.services.waiting_sign_ins.finish_with_code",
            "accounts.services.waiting_sign_ins.finish_with_passkey",
        ],
        "a sign-in is a row of its own, and says by what",
    ),
    **dict.fromkeys(
        [f"accounts.services.recovery_codes.{deed}" for deed in ("make_first", "forget")],
        "part of setting up and removing a second step, which tells",
    ),
    "accounts.services.two_step.forget_codes_of_nothing": "part of removing a second step, which tells",
    "accounts.services.two_step.begin": "nothing counts before its first code",
    **dict.fromkeys(
        [f"accounts.services.second_step_mails.{deed}" for deed in ("tell_reset", "tell_locked")],
        "a delivery is a row of its own",
    ),
    "accounts.services.email_changes.tell": "a delivery is a row of its own",
    "accounts.services.sign_ins.prove": "counts, which nobody has chosen",
    "accounts.services.operators.prove": "counts, which nobody has chosen",
    "accounts.services.sign_ins.sign_out": "the end of one's own sign-in",
    "accounts.services.roles.add_built_in": "part of opening the company",
    "accounts.services.sign_in_failures.count": "counts, which nobody has chosen",
    "accounts.services.sign_in_failures.forgive": "counts, which nobody has chosen",
    "accounts.services.sign_ins.begin": "a sign-in is a row of its own",
    "accounts.services.sign_ins.sign_in": "a sign-in is a row of its own",
    "accounts.services.sign_up_limit.count": "counts, which nobody has chosen",
    **dict.fromkeys(
        [f"companies.services.alarms.{deed}" for deed in ("set_alarm", "set_alarms", "set_each", "ring_due")],
        "the clock, which nobody has set",
    ),
    "companies.services.companies.create": "part of opening the company",
    "companies.services.deliveries.post_mail": "a delivery is a row of its own",
    "companies.services.deliveries.send": "a delivery is a row of its own",
    **dict.fromkeys(
        [f"companies.services.suggestions.{deed}" for deed in ("submit", "answer", "mark_answers_read")],
        "between the agent and the operator, and a row of its own",
    ),
    "companies.services.plans.watch": "sets an alarm",
    "companies.services.schema_updates.settle_interrupted": "a schema's update is a row of its own",
    **dict.fromkeys(
        [f"chat.services.conversations.{deed}" for deed in ("request", "accept", "end")],
        "a conversation has its log",
    ),
    **dict.fromkeys(
        [f"chat.services.returns.{deed}" for deed in ("give_back", "look", "watch", "watch_all")],
        "a conversation has its log",
    ),
    "chat.services.balance.count_once_committed": "a comparison, which changes nothing",
    "chat.services.offline_messages.leave": "a visitor's words",
    "chat.services.offline_messages.mark_read": "the row says who and when",
    **dict.fromkeys(
        [f"chat.services.idleness.{deed}" for deed in ("watch", "wake", "fall_asleep")],
        "an agent's status is told by its periods",
    ),
    "chat.services.periods.settle": "an agent's status is told by its periods",
    **dict.fromkeys(
        [
            f"chat.services.presence.{deed}"
            for deed in (
                "connect", "connect_all", "disconnect", "disconnect_all", "sign_out", "dismiss", "renew",
                "set_status", "note_active", "look_whether_idle", "look_after",
            )
        ],
        "an agent's status is told by its periods",
    ),
    "chat.services.presence.look_again": "an agent's status is told by its periods",
    "chat.services.presence.set_away_after": "a preference of one's own",
    "widgets.services.visitors.known": "a visitor, by the visitor",
    "widgets.services.visits.watch": "a visit, by the visitor",
    "widgets.services.visits.close_lost": "a visit, by the visitor",
}  # fmt: skip


def silent() -> set[str]:
    return {
        name
        for name, deed in services_read.deeds().items()
        if deed.is_public and services_read.writes_rows(name) and not services_read.leaves_an_entry(name)
    }


def test_each_deed_leaves_an_entry_or_has_a_reason_not_to():
    assert sorted(silent() - NOT_AUDITED.keys()) == []


def test_no_reason_is_left_over():
    assert sorted(NOT_AUDITED.keys() - silent()) == []


def test_each_action_has_a_name():
    named = {action for action, _ in audit_words.actions()}
    source = "\n".join(
        path.read_text(encoding="utf8")
        for app in services_read.APPS
        for path in (services_read.ROOT / app).rglob("*.py")
        if "tests" not in path.parts
    )
    used = set(re.findall(r'audit\.record\(\s*"([a-z_.]+)"', source))
    assert sorted(used - named) == []


@pytest.mark.parametrize(
    ("deed", "expected"),
    [("accounts.services.audit.record", True), ("accounts.services.sign_in_failures.count", False)],
)
def test_what_the_reader_of_services_sees(deed, expected):
    assert services_read.leaves_an_entry(deed) is expected
    assert services_read.writes_rows(deed)
