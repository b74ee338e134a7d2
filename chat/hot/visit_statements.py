"""The statements of `chat.hot.visits`, and the rows they take."""

import functools
from typing import TYPE_CHECKING, Any

from protocol import payloads

if TYPE_CHECKING:
    from chat.hot.visits import Seen

# The visitor's row counts the visits; its lock lets one at a time decide whether this is another one.
_ARRIVED = """
WITH incoming AS (
    SELECT i.*, to_timestamp(i.first_at) AS came_at, to_timestamp(i.last_at) AS seen_at
    FROM json_to_recordset($1::json) AS i (
        visitor uuid, first_at float8, last_at float8, ip text, country text, province text, city text,
        carrier text, browser text, system text, device text, language text, source_kind text, source_name text,
        source_words text, referrer text, entry_url text, entry_title text, page_url text, page_title text)
), visitors AS (
    INSERT INTO {schema}.widgets_visitor AS v (id, name, email, language, first_seen_at, last_seen_at, visits)
    SELECT visitor, '', '', language, came_at, seen_at, 1 FROM incoming ORDER BY visitor
    ON CONFLICT (id) DO UPDATE SET
        visits = v.visits
            + (v.last_seen_at IS NULL OR v.last_seen_at < excluded.first_seen_at - $2::interval)::int,
        last_seen_at = greatest(v.last_seen_at, excluded.last_seen_at),
        language = CASE v.language WHEN '' THEN excluded.language ELSE v.language END
    RETURNING v.id, v.visits, v.name
), visited AS (
    INSERT INTO {schema}.widgets_visit AS w (
        visitor_id, number, began_at, last_seen_at, pages, ip, country, province, city, carrier, browser,
        system, device, language, source_kind, source_name, source_words, referrer, entry_url, entry_title,
        page_url, page_title)
    SELECT v.id, v.visits, i.came_at, i.seen_at, 0, nullif(i.ip, '')::inet, i.country, i.province, i.city,
        i.carrier, i.browser, i.system, i.device, i.language, i.source_kind, i.source_name, i.source_words,
        i.referrer, i.entry_url, i.entry_title, i.page_url, i.page_title
    FROM visitors v JOIN incoming i ON i.visitor = v.id ORDER BY v.id
    ON CONFLICT (visitor_id, number) DO UPDATE SET
        last_seen_at = greatest(w.last_seen_at, excluded.last_seen_at),
        ended_at = CASE WHEN w.ended_at > excluded.last_seen_at THEN w.ended_at END
    RETURNING w.id, w.visitor_id, w.number, w.began_at, w.pages, w.source_kind, w.source_name, w.source_words,
        w.xmax = 0 AS is_new
), closed AS (
    UPDATE {schema}.widgets_visit w SET ended_at = w.last_seen_at FROM visited n
    WHERE n.is_new AND w.visitor_id = n.visitor_id AND w.number = n.number - 1 AND w.ended_at IS NULL
)
SELECT n.id, n.visitor_id::text AS visitor, v.name, n.number, n.pages, n.source_kind, n.source_name,
    n.source_words, n.is_new, floor(extract(epoch FROM n.began_at) * 1000)::bigint AS began_at
FROM visited n JOIN visitors v ON v.id = n.visitor_id
"""
#: Pages that are kept of one visit: who makes up a thousand fills the disk, and looks at nothing.
PAGES_KEPT = 1_000
# The page that was seen last is not seen again by a socket that comes back. The visitor's own row stays as it is:
# what `_STAYED` writes now and then is enough to go on by.
_VIEWED = """
WITH incoming AS (
    SELECT i.*, to_timestamp(i.at) AS seen_at FROM json_to_recordset($1::json)
        AS i (visit bigint, at float8, url text, title text, is_first boolean, is_last boolean)
), locked AS (
    SELECT id, pages FROM {schema}.widgets_visit WHERE id IN (SELECT visit FROM incoming)
    ORDER BY visitor_id FOR NO KEY UPDATE
), viewed AS (
    INSERT INTO {schema}.widgets_pageview (visit_id, url, title, at)
    SELECT l.id, i.url, i.title, i.seen_at FROM incoming i JOIN locked l ON l.id = i.visit
    WHERE l.pages < {kept} AND (NOT i.is_first OR i.url IS DISTINCT FROM (
        SELECT p.url FROM {schema}.widgets_pageview p WHERE p.visit_id = l.id ORDER BY p.at DESC LIMIT 1))
    ON CONFLICT (visit_id, at) DO NOTHING
    RETURNING visit_id
), counted AS (
    SELECT visit_id, count(*) AS views FROM viewed GROUP BY visit_id
)
UPDATE {schema}.widgets_visit w SET
    pages = w.pages + coalesce(n.views, 0), page_url = i.url, page_title = i.title,
    last_seen_at = greatest(w.last_seen_at, i.seen_at),
    ended_at = CASE WHEN w.ended_at > i.seen_at THEN w.ended_at END
FROM incoming i JOIN locked l ON l.id = i.visit LEFT JOIN counted n ON n.visit_id = i.visit
WHERE i.is_last AND w.id = i.visit
RETURNING w.id, w.pages
"""
_STAYED = """
WITH here AS (
    SELECT v.id, v.visits, to_timestamp(i.at) AS at
    FROM unnest($1::uuid[], $2::float8[]) AS i (visitor, at) JOIN {schema}.widgets_visitor v ON v.id = i.visitor
    ORDER BY v.id FOR NO KEY UPDATE OF v
), visitors AS (
    UPDATE {schema}.widgets_visitor v SET last_seen_at = greatest(v.last_seen_at, h.at)
    FROM here h WHERE v.id = h.id
)
UPDATE {schema}.widgets_visit w SET last_seen_at = greatest(w.last_seen_at, h.at)
FROM here h WHERE w.visitor_id = h.id AND w.number = h.visits AND w.ended_at IS NULL
"""
# Who was seen again since, by another process, has not left. Its clock may be a little fast.
_LEFT = """
WITH gone AS (
    SELECT v.id, v.visits, to_timestamp(i.at) AS at
    FROM unnest($1::uuid[], $2::float8[]) AS i (visitor, at) JOIN {schema}.widgets_visitor v ON v.id = i.visitor
    ORDER BY v.id FOR NO KEY UPDATE OF v
), visitors AS (
    UPDATE {schema}.widgets_visitor v SET last_seen_at = greatest(v.last_seen_at, g.at)
    FROM gone g WHERE v.id = g.id
)
UPDATE {schema}.widgets_visit w
SET ended_at = greatest(w.last_seen_at, g.at), last_seen_at = greatest(w.last_seen_at, g.at)
FROM gone g WHERE w.visitor_id = g.id AND w.number = g.visits AND w.ended_at IS NULL
    AND w.last_seen_at <= g.at + interval '3 seconds'
"""


@functools.lru_cache(maxsize=1000)
def arrived(schema: str) -> str:
    return _of(_ARRIVED, schema)


@functools.lru_cache(maxsize=1000)
def viewed(schema: str) -> str:
    return _of(_VIEWED, schema).replace("{kept}", str(PAGES_KEPT))


@functools.lru_cache(maxsize=1000)
def stayed(schema: str) -> str:
    return _of(_STAYED, schema)


@functools.lru_cache(maxsize=1000)
def left(schema: str) -> str:
    return _of(_LEFT, schema)


def _of(statement: str, schema: str) -> str:
    return statement.replace("{schema}", f'"{schema}"')


def arrival(seen: "Seen") -> dict[str, Any]:
    """A row for `arrived`: the facts of the visit that may begin with it."""
    one, (first_at, entry), (last_at, page) = seen.visitor, seen.pages[0], seen.pages[-1]
    return {
        "visitor": one.visitor,
        "first_at": first_at,
        "last_at": last_at,
        "ip": one.ip,
        "country": one.place.country,
        "province": one.place.province,
        "city": one.place.city,
        "carrier": one.carrier,
        "browser": one.browser,
        "system": one.system,
        "device": one.device,
        "language": one.language,
        "source_kind": one.source.kind,
        "source_name": one.source.name,
        "source_words": one.source.words,
        "referrer": seen.referrer,
        "entry_url": entry.url,
        "entry_title": entry.title,
        "page_url": page.url,
        "page_title": page.title,
    }


def views(visit: int, pages: list[tuple[float, payloads.Page]]) -> list[dict[str, Any]]:
    """Rows for `viewed`, without those who look at the same page twice in a row."""
    rows: list[dict[str, Any]] = []
    for at, page in pages:
        if not rows or page.url != rows[-1]["url"]:
            rows.append(
                {"visit": visit, "at": at, "url": page.url, "title": page.title, "is_first": not rows}
            )
    rows[-1]["is_last"] = True
    return rows
