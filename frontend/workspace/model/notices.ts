import type { Notice, NoticeReadElsewhere } from "../../shared/protocol.ts";

/** Unread ones, newest first. */
export type Notices = readonly Notice[];

export function published(before: Notices, notice: Notice): Notices {
  return [notice, ...withdrawn(before, notice.id)].sort(
    (one, other) => other.at - one.at || other.id - one.id,
  );
}

export function withdrawn(before: Notices, id: number): Notices {
  return before.filter((each) => each.id !== id);
}

/** One that was edited since is unread all the same. */
export function read(
  before: Notices,
  { notice_id, version }: Omit<NoticeReadElsewhere, "type">,
): Notices {
  return before.filter((each) => each.id !== notice_id || each.version > version);
}

/** Those that were not there before, or read otherwise then. */
export function fresh(before: Notices, after: Notices): Notice[] {
  return after.filter(
    (each) => !before.some((known) => known.id === each.id && known.version >= each.version),
  );
}
