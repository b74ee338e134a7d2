"""Operators: who runs the installation. Their rows are in the public schema, which each function enters."""

import datetime

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, password_validation
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import errors, known_browsers, operators, proofs
from accounts.backends import AgentBackend
from accounts.models import Agent, Role
from accounts.services import audit, operator_visits, sign_in_failures, socket_tokens
from companies.models import OperatorVisit
from core.errors import DomainError
from core.tenancy import context

OPEN_AT_MOST = datetime.timedelta(hours=8)


def everybody() -> int:
    """How many there are."""
    with context.entered(context.PUBLIC):
        return Agent.objects.count()


def add(*, agent_id: str, name: str, email: str, password: str) -> Agent:
    """Somebody who has the whole installation in hand, once they have set up a second step."""
    with context.entered(context.PUBLIC), transaction.atomic():
        role, _ = Role.objects.get_or_create(kind=Role.Kind.ADMINISTRATOR)
        operator = Agent(agent_id=agent_id, name=name, email=email, role=role)
        _set_password(operator, password)
        operator.clean_fields()
        try:
            with transaction.atomic():
                operator.save(force_insert=True)
        except IntegrityError:
            raise errors.AgentIdTaken from None
        audit.record("operator.added", operator)
        return operator


@transaction.atomic
def change(operator: Agent, *, name: str, email: str) -> Agent:
    with context.entered(context.PUBLIC):
        changes = audit.apply(operator, name=name, email=email)
        if changes:
            operator.save(update_fields=list(changes))
            audit.record("operator.changed", operator, changes)
    return operator


@transaction.atomic
def set_active(operator: Agent, active: bool) -> Agent:
    """Let an operator in again, or shut them out at once, from the console and from companies they visit."""
    with context.entered(context.PUBLIC):
        # All of them in one order: two who disable each other at the same time take turns.
        everyone = list(Agent.objects.select_for_update().order_by("pk"))
        operator = next(one for one in everyone if one.pk == operator.pk)
        if operator.is_active == active:
            return operator
        if not active and not [one for one in everyone if one.is_active and one.pk != operator.pk]:
            raise errors.LastOperator
        operator.is_active = active
        operator.save(update_fields=["is_active"])
        if not active:
            _end_visits(operator)
        audit.record("operator.enabled" if active else "operator.disabled", operator)
    return operator


@transaction.atomic
def change_password(operator: Agent, *, password: str) -> Agent:
    """From now on; whoever is signed in with the old one, or visits a company since, is not any more."""
    with context.entered(context.PUBLIC):
        _set_password(operator, password)
        operator.save(update_fields=["password", "password_changed_at"])
        _end_visits(operator)
        audit.record("operator.password_changed", operator)
    return operator


def change_own_password(
    operator: Agent, *, now: str, password: str, session: SessionBase, address: str
) -> Agent:
    """As above, for whoever knows the present one."""
    prove(operator, password=now, session=session, address=address)
    return change_password(operator, password=password)


def prove(operator: Agent, *, password: str, session: SessionBase, address: str) -> None:
    """Raises PasswordWrong for whoever sits at somebody else's screen; as slow at guessing as at signing in, counted
    in this session alone."""
    place = socket_tokens.session_hash(session.session_key or "")
    account = known_browsers.counted_as(account_name(operator.agent_id), place)
    sign_in_failures.count(account, address)
    if not operator.check_password(password):
        raise errors.PasswordWrong
    sign_in_failures.forgive(account, address)


def account_name(agent_id: str) -> str:
    """Under which strangers' failures are counted."""
    return f"operator/{agent_id}"


def sign_in(*, agent_id: str, password: str, address: str, browser: str = "") -> operators.OperatorSession:
    """The first of two steps; the same refusal, as slow, for whoever does not know both.

    `browser` is its mark, if the operator has signed in there before.
    """
    account = known_browsers.counted_as(account_name(agent_id), browser)
    with context.entered(context.PUBLIC):
        sign_in_failures.count(account, address)
        operator = _known(agent_id, password)
        if operator is None:
            raise _refusal(account)
        sign_in_failures.forgive(account, address)
        return begin(operator)


def begin(operator: Agent, *, verified: bool = False) -> operators.OperatorSession:
    """A new session under a new key, so that nobody can know it beforehand."""
    with context.entered(context.PUBLIC):
        operators.OperatorSession.clear_expired()
        session = operators.OperatorSession()
        session[SESSION_KEY] = str(operator.pk)
        session[BACKEND_SESSION_KEY] = f"{AgentBackend.__module__}.{AgentBackend.__qualname__}"
        session[HASH_SESSION_KEY] = operator.get_session_auth_hash()
        session[operators.VERIFIED] = verified
        proofs.note(session)
        session.set_expiry(timezone.now() + OPEN_AT_MOST)
        session.save()
        if verified:
            Agent.objects.filter(pk=operator.pk).update(last_login=timezone.now())
            audit.record("operator.signed_in", operator)
    return session


@transaction.atomic
def sign_out(operator: Agent, session: SessionBase) -> None:
    """Out of the console, and out of the companies they visit."""
    with context.entered(context.PUBLIC):
        session.flush()
        _end_visits(operator)


def _end_visits(operator: Agent) -> None:
    for visit in OperatorVisit.objects.under_way().filter(operator_pk=operator.pk).select_related("company"):
        operator_visits.end(visit)


def _refusal(account: str) -> DomainError:
    trouble = sign_in_failures.answer(account)
    if isinstance(trouble, errors.SignInFailedAgain):
        return errors.OperatorSignInFailedAgain(**trouble.facts)
    return errors.OperatorSignInFailed() if isinstance(trouble, errors.SignInFailed) else trouble


def _known(agent_id: str, password: str) -> Agent | None:
    operator = Agent.objects.filter(agent_id=agent_id).first()
    if operator is None:
        make_password(password)
        return None
    return operator if operator.check_password(password) and operator.is_active else None


def _set_password(operator: Agent, password: str) -> None:
    """Raises a ValidationError for one that is too easy."""
    password_validation.validate_password(password, operator)
    operator.set_password(password)
    operator.password_changed_at = timezone.now()
