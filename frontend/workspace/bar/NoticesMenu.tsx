import "./NoticesMenu.css";

import { useEffect, useRef } from "preact/hooks";

import megaphone from "icon:speakerphone";

import type { Notice } from "../../shared/protocol.ts";
import { Icon } from "../../shared/ui/Icon.tsx";
import { When } from "../../shared/ui/When.tsx";
import { wantsToRead } from "../live/noticing.ts";
import { Words } from "../pane/Words.tsx";
import { readNotice } from "../store/deeds.ts";
import { page, reader } from "../store/page.ts";
import { answers, notices } from "../store/state.ts";
import { t } from "../texts/index.ts";

/** How many notices are unread; they are read right here, without leaving what one does. */
export function NoticesMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(
    () =>
      wantsToRead.subscribe((times) => {
        if (times) open(menu.current);
      }),
    [],
  );
  const count = notices.value.length + answers.value;
  const words = `${t("notices")}: ${count}`;
  return (
    <details class="menu notices-menu" ref={menu}>
      <summary class={`quick-chip chip${count ? " chip--new chip--accent" : ""}`} title={words}>
        <Icon of={megaphone} />
        <span class="quick-chip-name">{t("notices")}</span>
        <span class="quick-chip-count">{count}</span>
      </summary>
      <div class="menu-list menu-list--end notices-list">
        {count === 0 && <p class="notices-none quiet">{t("noNotices")}</p>}
        {notices.value.map((notice) => (
          <Unread key={notice.id} notice={notice} />
        ))}
        {answers.value > 0 && (
          <a class="menu-item" href={page.urls.suggestions}>
            {t("newAnswers", { count: answers.value })}
          </a>
        )}
        <a class="menu-item" href={page.urls.notices}>
          {t("allNotices")}
        </a>
      </div>
    </details>
  );
}

function Unread({ notice }: { notice: Notice }) {
  return (
    <article class="notices-item">
      <h3 class="notices-item-title" dir="auto">
        {notice.title}
      </h3>
      <p class="notices-item-text" dir="auto">
        <Words text={notice.text} />
      </p>
      <div class="notices-item-foot">
        <span class="quiet small">
          {notice.author} · <When at={new Date(notice.at)} reader={reader} />
        </span>
        <button type="button" class="button" onClick={() => void readNotice(notice)}>
          {t("noticeRead")}
        </button>
      </div>
    </article>
  );
}

function open(menu: HTMLDetailsElement | null): void {
  if (!menu) return;
  menu.open = true;
  menu.querySelector("summary")?.focus();
}
