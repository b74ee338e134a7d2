"""Those who left lately, from the rows of their visits. PostgreSQL writes the JSON: there may be thousands."""

from django.db import connection

from chat.models import ChatSettings

_STATEMENT = """
SELECT w.visitor_id::text, json_build_object(
    'visitor', w.visitor_id, 'name', v.name, 'visits', w.number, 'pages', w.pages, 'language', w.language,
    'page', json_build_object('url', left(w.page_url, 1000), 'title', left(w.page_title, 200)),
    'entered_at', floor(extract(epoch FROM w.began_at) * 1000)::bigint,
    'left_at', floor(extract(epoch FROM w.ended_at) * 1000)::bigint,
    'ip', coalesce(host(w.ip), ''), 'carrier', w.carrier,
    'place', json_build_object('country', w.country, 'province', w.province, 'city', w.city),
    'browser', w.browser, 'system', w.system, 'device', w.device,
    'source', json_build_object('kind', w.source_kind, 'name', w.source_name, 'words', w.source_words))::text
FROM widgets_visit w JOIN widgets_visitor v ON v.id = w.visitor_id AND v.visits = w.number
WHERE w.ended_at > now() - make_interval(mins => %s) ORDER BY w.ended_at DESC LIMIT %s
"""


def lately(most: int) -> tuple[int, dict[bytes, bytes]]:
    """Minutes for which they are shown, and the newest, each a `BoardVisitor` in JSON by the visitor's id."""
    minutes = (ChatSettings.objects.first() or ChatSettings()).left_shown_minutes
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [minutes, most])
        return minutes, {visitor.encode(): row.encode() for visitor, row in cursor.fetchall()}
