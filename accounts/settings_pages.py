"""The pages of the settings that are about people; registered in `apps.py`."""

from accounts import settings_area

PAGES: list[settings_area.Page] = []
