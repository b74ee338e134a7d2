import datetime

from django.utils import formats, translation


def test_english_dates_name_the_month():
    day = datetime.datetime(2026, 12, 7, 16, 5, tzinfo=datetime.UTC)
    with translation.override("en"):
        assert formats.date_format(day, "SHORT_DATE_FORMAT") == "7 Dec 2026"
        assert formats.date_format(day, "SHORT_DATETIME_FORMAT") == "7 Dec 2026, 4:05 PM"
        assert formats.date_format(day, "DATE_FORMAT") == "7 December 2026"
