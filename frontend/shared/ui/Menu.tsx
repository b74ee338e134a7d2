import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

import chevron from "icon:chevron-down";

import { Icon } from "./Icon.tsx";

/** A button that opens a list of MenuItems. Escape and clicks elsewhere are the page script's. */
export function Menu(props: {
  label: ComponentChildren;
  title?: string;
  children: ComponentChildren;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (!details.current) return;
    details.current.open = false;
    details.current.querySelector("summary")?.focus();
  };
  return (
    <details class="menu" ref={details}>
      <summary class="button button--quiet menu-button" title={props.title}>
        {props.label}
        <Icon of={chevron} />
      </summary>
      <div class="menu-list menu-list--end" onClick={close}>
        {props.children}
      </div>
    </details>
  );
}

/** One thing to choose; `chosen` marks the present one of several. */
export function MenuItem(props: {
  onChoose: () => void;
  chosen?: boolean;
  children: ComponentChildren;
}) {
  return (
    <button type="button" class="menu-item" aria-pressed={props.chosen} onClick={props.onChoose}>
      {props.children}
    </button>
  );
}
