import { h } from "preact";

export type IconNodes = [tag: string, attributes: Record<string, string>][];

/** A drawing beside words: decoration, hidden from screen readers. */
export function Icon({ of }: { of: IconNodes }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
