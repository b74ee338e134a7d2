import "./MarkIcon.css";

import alert from "icon:alert-circle";
import check from "icon:check";
import checks from "icon:checks";
import clock from "icon:clock";

import type { Mark } from "../../shared/connection/log.ts";
import { Icon } from "../../shared/ui/Icon.tsx";
import { t } from "../texts/index.ts";

const icons = { pending: clock, sent: check, delivered: checks, read: checks, failed: alert };

/** How far an own message has come; on hover also up to where both sides are in step. */
export function MarkIcon({ mark, upTo }: { mark: Mark; upTo?: number }) {
  const words = upTo ? `${t(mark)}\n${t("inStep", { number: upTo })}` : t(mark);
  return (
    <span class={`message-mark message-mark--${mark}`} title={words}>
      <Icon of={icons[mark]} />
      <span class="visually-hidden">{t(mark)}</span>
    </span>
  );
}
