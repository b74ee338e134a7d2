import type { ComponentChildren } from "preact";

import { Icon, type IconNodes } from "./Icon.tsx";

/** An empty place: one sentence and, as children, at most one action. */
export function Empty(props: { icon: IconNodes; words: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon of={props.icon} />
      <p>{props.words}</p>
      {props.children}
    </div>
  );
}
