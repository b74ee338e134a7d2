import { Icon, type IconNodes } from "../../shared/ui/Icon.tsx";

interface Props {
  name: string;
  icon: IconNodes;
  count: number;
  isNew: boolean;
  /** Where one click goes; nowhere when there is nothing. */
  onGo?: (() => void) | undefined;
  href?: string;
}

export function Chip({ name, icon, count, isNew, onGo, href }: Props) {
  const look = `quick-chip chip${isNew ? " chip--new chip--accent" : ""}`;
  const inside = (
    <>
      <Icon of={icon} />
      <span class="quick-chip-name">{name}</span>
      <span class="quick-chip-count">{count}</span>
    </>
  );
  const words = `${name}: ${count}`;
  if (href) {
    return (
      <a class={look} href={href} title={words} onClick={onGo}>
        {inside}
      </a>
    );
  }
  if (!onGo) {
    return (
      <span class={look} title={words}>
        {inside}
      </span>
    );
  }
  return (
    <button class={look} type="button" title={words} onClick={onGo}>
      {inside}
    </button>
  );
}
