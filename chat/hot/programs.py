"""Work for many companies in one statement and one commit: a function for each company, and some that call them.

They are temporary functions of the connection: PostgreSQL keeps their plans, and no company's schema holds
anything of them. See docs/decisions/0030-one-statement-for-many-companies.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

Parameters = tuple[tuple[str, str], ...]

#: So many functions hang on one branch. A call is looked for from the first branch, and on it from the first one.
_ON_A_BRANCH = 32


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


class Repertoire:
    """The functions that a connection has, numbered as it met them. All have the same parameters."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def lessons(self, calls: Iterable[Call]) -> tuple["Repertoire", list[str]]:
        """What the connection will have, and the statements that bring it there."""
        new = {call.function: call for call in calls if call.function not in self._numbers}
        if not new:
            return self, []
        after = Repertoire()
        after._numbers = self._numbers | {name: place for place, name in enumerate(new, len(self))}
        parameters = next(iter(new.values())).routine.parameters
        texts = [_company_function(call) for call in new.values()]
        texts.extend(after._branches(range(len(self) // _ON_A_BRANCH, after._count), parameters))
        if after._count != self._count:
            texts.append(_session_function(after._count, parameters))
        return after, texts

    def arguments(self, calls: Iterable[Call]) -> list[list[Any]]:
        """The columns of all calls joined, behind the functions' numbers and which rows are each one's."""
        functions: list[int] = []
        firsts: list[int] = []
        lasts: list[int] = []
        joined: list[list[Any]] = []
        for call in calls:
            functions.append(self._numbers[call.function])
            joined = joined or [[] for _ in call.columns]
            firsts.append(len(joined[0]) + 1)
            for column, more in zip(joined, call.columns, strict=True):
                column.extend(more)
            lasts.append(len(joined[0]))
        return [functions, firsts, lasts, *joined]

    @property
    def _count(self) -> int:
        """Of branches."""
        return -(-len(self) // _ON_A_BRANCH)

    def _branches(self, numbers: Iterable[int], parameters: Parameters) -> Iterator[str]:
        names = list(self._numbers)
        for number in numbers:
            start = number * _ON_A_BRANCH
            yield _branch_function(number, names[start : start + _ON_A_BRANCH], parameters)


def statement(parameters: Parameters) -> str:
    return f"SELECT pg_temp.each_company({_holders(len(parameters) + 3)})"


def _company_function(call: Call) -> str:
    body = call.routine.body.replace("{schema}", quoted(call.schema))
    return f"""
CREATE FUNCTION pg_temp.{quoted(call.function)} (first int, last int, {_declared(call.routine.parameters)})
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE answer bigint[];
BEGIN
{body}
RETURN answer;
END $$"""


def _branch_function(number: int, functions: Sequence[str], parameters: Parameters) -> str:
    calls = (f"pg_temp.{quoted(name)}(first, last, {_names(parameters)})" for name in functions)
    return f"""
CREATE OR REPLACE FUNCTION pg_temp."branch {number}" (place int, first int, last int, {_declared(parameters)})
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE answer bigint[];
BEGIN
    CASE place {_cases(calls)} END CASE;
    RETURN answer;
END $$"""


def _session_function(branches: int, parameters: Parameters) -> str:
    """Calls each function in turn; the answers, one behind the other.

    Each is called by its name, and the lists are handed on whole, in variables: so PostgreSQL neither plans a call
    again each time, nor copies a list, nor counts through it from the beginning.
    """
    calls = (
        f'pg_temp."branch {number}"(functions[k] % {_ON_A_BRANCH}, firsts[k], lasts[k], {_names(parameters)})'
        for number in range(branches)
    )
    return f"""
CREATE OR REPLACE FUNCTION pg_temp.each_company
    (functions int[], firsts int[], lasts int[], {_declared(parameters)})
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE answer bigint[]; answers bigint[] := '{{}}';
BEGIN
    FOR k IN 1 .. cardinality(functions) LOOP
        CASE functions[k] / {_ON_A_BRANCH} {_cases(calls)} END CASE;
        answers := answers || answer;
    END LOOP;
    RETURN answers;
END $$"""


def _cases(calls: Iterable[str]) -> str:
    return "\n".join(f"WHEN {place} THEN answer := {call};" for place, call in enumerate(calls))


def _names(parameters: Parameters) -> str:
    return ", ".join(name for name, _ in parameters)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _declared(parameters: Parameters) -> str:
    return ", ".join(f"{name} {kind}[]" for name, kind in parameters)


def _holders(count: int) -> str:
    return ", ".join(f"${place}" for place in range(1, count + 1))
