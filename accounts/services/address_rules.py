"""From which networks agents may sign in and work. Without any rule: from everywhere."""

from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import addresses, errors
from accounts.models import AccessSettings, AddressRule, Agent, SignIn
from accounts.services import audit
from accounts.signals import access_rules_changed

AT_MOST = 200


def networks() -> list[str]:
    return list(AddressRule.objects.order_by("pk").values_list("network", flat=True))


def admit(address: str | None, rules: Iterable[str]) -> bool:
    """Whether these rules let somebody in from this address."""
    rules = tuple(rules)
    return not rules or addresses.within(address or "", rules)


def check(address: str) -> None:
    """Raises AddressNotAllowed where the company one is in does not take sign-ins from there."""
    if not admit(address, networks()):
        raise errors.AddressNotAllowed(address=addresses.canonical(address) or "?")


@transaction.atomic
def add(*, network: str, remark: str, present: str) -> AddressRule:
    """One more network; `present` is the address of whoever adds it, who must not be locked out."""
    before = _locked()
    if len(before) >= AT_MOST:
        raise errors.TooManyAddressRules(most=AT_MOST)
    check_present(present, [*before, network])
    rule = _saved(AddressRule(network=network, remark=remark))
    audit.record("address_rule.added", rule, {"network": ["", network], "remark": ["", remark]})
    _tell([*before, network])
    return rule


@transaction.atomic
def edit(rule: AddressRule, *, network: str, remark: str, present: str) -> AddressRule:
    before = _locked()
    rule = _as_it_is(rule)
    after = [network if one == rule.network else one for one in before]
    check_present(present, after)
    changes = audit.apply(rule, network=network, remark=remark)
    if changes:
        _saved(rule)
        audit.record("address_rule.edited", rule, changes)
        _tell(after)
    return rule


@transaction.atomic
def remove(rule: AddressRule, *, present: str, is_last: bool = False) -> None:
    """Without the last one agents come from everywhere: whoever means that says so."""
    before = _locked()
    rule = _as_it_is(rule)
    after = [one for one in before if one != rule.network]
    if not after and not is_last:
        raise errors.LastNetwork
    check_present(present, after)
    audit.record("address_rule.removed", rule, {"network": [rule.network, ""], "remark": [rule.remark, ""]})
    rule.delete()
    _tell(after)


@transaction.atomic
def remove_all() -> int:
    """For emergencies: sign-in is possible from everywhere again. Returns how many there were."""
    before = _locked()
    AddressRule.objects.all().delete()
    if before:
        audit.record("address_rule.all_removed", None, {"network": [", ".join(before), ""]})
        _tell([])
    return len(before)


def check_present(present: str, rules: list[str]) -> None:
    """Raises WouldLockYouOut where these rules would keep out whoever makes them."""
    if not admit(present, rules):
        raise errors.WouldLockYouOut(address=addresses.canonical(present) or "?")


def would_go(rules: Iterable[str]) -> list[Agent]:
    """Agents whose sign-in these rules would end, by where they signed in from."""
    rules = tuple(rules)
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    there = SignIn.objects.filter(session_key__in=alive, agent__is_active=True).exclude(address=None)
    going = {
        agent for agent, address in there.values_list("agent_id", "address") if not admit(address, rules)
    }
    return list(Agent.objects.filter(pk__in=going).order_by("name"))


def overlaps(rules: Iterable[str]) -> dict[str, str]:
    """Those that lie within another one, and so add nothing, with the one around them."""
    found: dict[str, str] = {}
    around: list[addresses.Network] = []
    for one in sorted(map(addresses.network_of, rules), key=_widest_first):
        while around and not _lies_within(one, around[-1]):
            around.pop()
        if around:
            found[str(one)] = str(around[-1])
        around.append(one)
    return found


def _widest_first(network: addresses.Network) -> tuple[int, int, int]:
    return network.version, int(network.network_address), network.prefixlen


def _lies_within(inner: addresses.Network, outer: addresses.Network) -> bool:
    return inner.version == outer.version and inner.network_address in outer


def _locked() -> list[str]:
    """The rules, one editor after another: two changes at once could lock out whoever makes the first."""
    AccessSettings.objects.get_or_create(id=1)
    AccessSettings.objects.select_for_update().get(id=1)
    return networks()


def _as_it_is(rule: AddressRule) -> AddressRule:
    """Another editor may have changed or removed it since it was looked up."""
    now = AddressRule.objects.filter(pk=rule.pk).first()
    if now is None:
        raise errors.NetworkGone
    return now


def _saved(rule: AddressRule) -> AddressRule:
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError:
        raise errors.NetworkListed from None
    return rule


def _tell(rules: list[str]) -> None:
    access_rules_changed.send(AddressRule, networks=rules)
