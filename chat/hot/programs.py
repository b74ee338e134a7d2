"""Work for many companies in one statement and one commit: a function for each company, one that calls them.

They are temporary functions of the connection: PostgreSQL keeps their plans, and no company's schema holds
anything of them. See docs/decisions/0030-one-statement-for-many-companies.md.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Parameters = tuple[tuple[str, str], ...]


class Routine(NamedTuple):
    """What is done in one company: the body of a PL/pgSQL function that puts its rows, lists of numbers, into
    `answer`. Its parameters are lists with the rows of all companies; its own are those from `first` to `last`."""

    name: str
    parameters: Parameters
    body: str


class Call(NamedTuple):
    """A routine in a company, with a list for each of its parameters."""

    schema: str
    routine: Routine
    columns: Sequence[Sequence[Any]]

    @property
    def function(self) -> str:
        return f"{self.schema} {self.routine.name}"


def company_function(call: Call) -> str:
    body = call.routine.body.replace("{schema}", quoted(call.schema))
    return f"""
CREATE FUNCTION pg_temp.{quoted(call.function)} (first int, last int, {_declared(call.routine.parameters)})
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE answer bigint[];
BEGIN
{body}
RETURN answer;
END $$"""


def session_function(parameters: Parameters) -> str:
    """Calls each function in turn; the answers, one behind the other. The lists are handed on whole, for to cut
    them PostgreSQL would count through them from the beginning for each company."""
    names = ", ".join(name for name, _ in parameters)
    return f"""
CREATE FUNCTION pg_temp.each_company (functions text[], firsts int[], lasts int[], {_declared(parameters)})
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE answer bigint[]; answers bigint[] := '{{}}';
BEGIN
    FOR k IN 1 .. cardinality(functions) LOOP
        EXECUTE 'SELECT pg_temp.' || quote_ident(functions[k]) || '({_holders(len(parameters) + 2)})'
            INTO answer USING firsts[k], lasts[k], {names};
        answers := answers || answer;
    END LOOP;
    RETURN answers;
END $$"""


def statement(parameters: Parameters) -> str:
    return f"SELECT pg_temp.each_company({_holders(len(parameters) + 3)})"


def arguments(calls: Iterable[Call]) -> list[list[Any]]:
    """The columns of all calls joined, behind the functions and which rows are each one's."""
    functions: list[str] = []
    firsts: list[int] = []
    lasts: list[int] = []
    joined: list[list[Any]] = []
    for call in calls:
        functions.append(call.function)
        joined = joined or [[] for _ in call.columns]
        firsts.append(len(joined[0]) + 1)
        for column, more in zip(joined, call.columns, strict=True):
            column.extend(more)
        lasts.append(len(joined[0]))
    return [functions, firsts, lasts, *joined]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _declared(parameters: Parameters) -> str:
    return ", ".join(f"{name} {kind}[]" for name, kind in parameters)


def _holders(count: int) -> str:
    return ", ".join(f"${place}" for place in range(1, count + 1))
