import pytest

from config.run import address
from config.run.errors import CannotRun


@pytest.mark.parametrize(
    ("host", "url", "demo_url"),
    [
        ("", "http://localhost:8000/", "http://127.0.0.1:8000/demo/"),
        ("127.0.0.1", "http://localhost:8000/", "http://127.0.0.1:8000/demo/"),
        ("0.0.0.0", "http://localhost:8000/", "http://127.0.0.1:8000/demo/"),  # noqa: S104
        ("::1", "http://localhost:8000/", "http://[::1]:8000/demo/"),
        ("chat.example", "http://chat.example:8000/", "http://chat.example:8000/demo/"),
    ],
)
def test_it_is_found_under_names_of_its_host(host: str, url: str, demo_url: str) -> None:
    where = address.read({"HOST": host})
    assert (where.url, where.demo_url) == (url, demo_url)


def test_a_host_of_another_machine_is_told_in_one_sentence() -> None:
    with pytest.raises(CannotRun, match=r"can't listen on port 8000 on 192\.0\.2\.1: "):
        address.check_free(address.read({"HOST": "192.0.2.1"}))
