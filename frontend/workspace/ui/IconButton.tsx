import { Icon, type IconNodes } from "../../shared/ui/Icon.tsx";
import { t, type TextKey } from "../texts/index.ts";

interface Props {
  name: TextKey;
  icon: IconNodes;
  onClick: () => void;
  class?: string;
  isExpanded?: boolean;
}

/** A button that is only a drawing: its name is read aloud and stands on hover. */
export function IconButton({ name, icon, onClick, class: extra = "", isExpanded }: Props) {
  return (
    <button
      class={`button button--quiet button--icon ${extra}`}
      type="button"
      aria-label={t(name)}
      title={t(name)}
      aria-expanded={isExpanded}
      onClick={onClick}
    >
      <Icon of={icon} />
    </button>
  );
}
