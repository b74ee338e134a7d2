import alert from "icon:alert-circle";
import check from "icon:check";
import checks from "icon:checks";
import clock from "icon:clock";

import type { Mark } from "../shared/connection/log.ts";
import { Icon } from "../shared/ui/Icon.tsx";
import { t } from "./language.ts";

const icons = { pending: clock, sent: check, delivered: checks, read: checks, failed: alert };

/** How far an own message has come; on hover also up to where this browser has the log. */
export function MarkIcon({ mark, upTo }: { mark: Mark; upTo?: number }) {
  const title = upTo ? `${t(mark)}, ${t("inStep", { number: upTo })}` : t(mark);
  return (
    <span class={`mark mark--${mark}`} role="img" aria-label={t(mark)} title={title}>
      <Icon of={icons[mark]} />
    </span>
  );
}
