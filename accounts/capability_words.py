"""Capabilities by subject, each with what it allows in a sentence: how pages explain a role."""

from collections.abc import Collection
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability


class Line(NamedTuple):
    """One capability, explained."""

    capability: Capability
    sentence: Promise

    @property
    def name(self) -> str:
        label = str(self.capability.label)
        return label[:1].upper() + label[1:]


class Subject(NamedTuple):
    """Capabilities that are about the same thing."""

    title: Promise
    lines: tuple[Line, ...]


SUBJECTS = (
    Subject(
        _("Conversations"),
        (
            Line(
                Capability.TAKE_CHATS, _("Be online or busy, see who waits, accept and lead conversations.")
            ),
            Line(Capability.ANSWER_OFFLINE_MESSAGES, _("Read what visitors left while nobody was online.")),
            Line(Capability.BLOCK_VISITORS, _("Keep visitors who misbehave from writing.")),
            Line(
                Capability.SEE_ALL_RECORDS,
                _("Read every conversation, also those of colleagues that go on now."),
            ),
            Line(Capability.EVALUATE_OTHERS, _("Evaluate conversations that colleagues led.")),
        ),
    ),
    Subject(
        _("Customers"),
        (
            Line(Capability.MANAGE_CUSTOMERS, _("Add customers and change what is known of them.")),
            Line(Capability.SEE_ALL_CUSTOMERS, _("See customers of colleagues, not only one’s own.")),
            Line(Capability.ASSIGN_CUSTOMERS, _("Give customers to other colleagues.")),
            Line(Capability.EXPORT, _("Take records and customers out of the system as files.")),
        ),
    ),
    Subject(
        _("Calls"),
        (
            Line(Capability.USE_CALLBACK, _("Call visitors back by telephone.")),
            Line(Capability.MANAGE_CALLBACK, _("Set when and how visitors may ask to be called back.")),
        ),
    ),
    Subject(
        _("What everybody works with"),
        (
            Line(Capability.MANAGE_PHRASES, _("Change the phrases and links that all agents share.")),
            Line(Capability.MANAGE_FILES, _("Change the files that all agents share.")),
            Line(
                Capability.MANAGE_TOPICS, _("Change the list of topics that conversations are filed under.")
            ),
            Line(Capability.MANAGE_CATEGORIES, _("Change the categories that customers are sorted into.")),
        ),
    ),
    Subject(
        _("Colleagues"),
        (
            Line(Capability.SUPERVISE, _("See alerts, the balance of messages and how work is shared out.")),
            Line(Capability.MONITOR, _("Look on while colleagues talk with visitors.")),
            Line(Capability.FORCE_OUT, _("End the sign-ins of colleagues.")),
            Line(Capability.PUBLISH_NOTICES, _("Publish notices to colleagues.")),
            Line(Capability.SEE_ANALYTICS, _("See figures about conversations, visitors and colleagues.")),
            Line(Capability.EDIT_SELF, _("Change one’s own name, picture and contact.")),
        ),
    ),
    Subject(
        _("Administration"),
        (
            Line(Capability.MANAGE_AGENTS, _("Add, change and disable agents, and arrange groups.")),
            Line(Capability.MANAGE_SETTINGS, _("Change the settings of the website and of conversations.")),
            Line(Capability.EDIT_COMPANY, _("Change the company’s name, logo, address and time zone.")),
            Line(Capability.READ_AUDIT_LOG, _("Read who changed what, and when.")),
            Line(Capability.MANAGE_API_KEYS, _("Make and revoke the keys by which programs sign in.")),
        ),
    ),
)


class Told(NamedTuple):
    """What somebody may do, and what not, in the order of the subjects."""

    may: list[Line]
    may_not: list[Line]


def told(capabilities: Collection[str]) -> Told:
    lines = [line for subject in SUBJECTS for line in subject.lines]
    return Told(
        [line for line in lines if line.capability in capabilities],
        [line for line in lines if line.capability not in capabilities],
    )
