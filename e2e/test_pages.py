from typing import Literal

import pytest

from e2e import axe, pages
from e2e.cast import Cast


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_public_pages(cast: Cast, scheme: Literal["light", "dark"]) -> None:
    cast.forgive("404")
    page = cast.context(cast.visitors).new_page()
    page.emulate_media(color_scheme=scheme)
    for url in pages.public(cast.stack):
        page.goto(url)
        assert axe.violations(page.main_frame) == [], url
