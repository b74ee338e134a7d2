import type { ComponentChildren } from "preact";

import chevron from "icon:chevron-down";

import { Icon } from "../../shared/ui/Icon.tsx";
import { recall, remember } from "../store/storage.ts";
import { t } from "../texts/index.ts";

interface Props {
  name: "waiting" | "mine" | "colleagues";
  count: number;
  children: ComponentChildren;
}

/** A part of the list with its count; whether it is folded is remembered. */
export function Section({ name, count, children }: Props) {
  const key = `folded:${name}`;
  return (
    <details
      class="lists-section"
      open={!recall(key, false)}
      onToggle={(event) => {
        remember(key, !event.currentTarget.open);
      }}
    >
      <summary class="lists-heading">
        <Icon of={chevron} />
        {t(name)}
        <span class="lists-count">{count}</span>
      </summary>
      {children}
    </details>
  );
}
