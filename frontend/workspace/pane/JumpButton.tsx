import { useRef } from "preact/hooks";

import down from "icon:arrow-down";

import { Icon } from "../../shared/ui/Icon.tsx";
import { t } from "../texts/index.ts";

/** Drawn while the reader is further up: how much has come since, and the way there. */
export function JumpButton({ length, onJump }: { length: number; onJump: () => void }) {
  const before = useRef(length);
  const count = length - before.current;
  return (
    <button class="button log-jump" type="button" title={t("jumpToNewest")} onClick={onJump}>
      <Icon of={down} />
      {count > 0 ? t("newMessages", { count }) : t("jumpToNewest")}
    </button>
  );
}
