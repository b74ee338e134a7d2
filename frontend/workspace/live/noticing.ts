import { signal } from "@preact/signals";

import { say } from "../../shared/ui/toasts.ts";
import { fresh, type Notices } from "../model/notices.ts";
import { page } from "../store/page.ts";
import { t } from "../texts/index.ts";

/** Counts up when somebody wants to read: the menu of notices opens. */
export const wantsToRead = signal(0);

/** Counts up with whatever is told of notices, and when something may have been missed. */
export const noticeNews = signal(0);

/** In passing, so that nobody is interrupted: the chip goes on counting what is unread. */
export function tellNotices(before: Notices, after: Notices): void {
  if (before === after) return;
  fresh(before, after).forEach(({ title }) => {
    say(t("newNotice", { title }), { deed: { word: t("openNotice"), act: open } });
  });
}

/** The operator has answered what one wrote. */
export function tellAnswers(before: number, after: number): void {
  if (after <= before) return;
  const act = () => {
    location.assign(page.urls.suggestions);
  };
  say(t("newAnswer"), { deed: { word: t("openNotice"), act } });
}

function open(): void {
  // After the click, which closes menus.
  setTimeout(() => {
    wantsToRead.value += 1;
  });
}
