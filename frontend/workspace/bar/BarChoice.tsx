import layout from "icon:layout-bottombar";

import { Icon } from "../../shared/ui/Icon.tsx";
import { isStatusBarHidden, isStatusBarHere } from "../store/statusBar.ts";
import { t } from "../texts/index.ts";

/** On pages that have a status bar: hides it, and brings it back. */
export function BarChoice() {
  if (!isStatusBarHere.value) return null;
  const isHidden = isStatusBarHidden.value;
  return (
    <button
      class="menu-item status-bar-choice"
      type="button"
      onClick={() => {
        isStatusBarHidden.value = !isHidden;
      }}
    >
      <Icon of={layout} />
      {t(isHidden ? "showStatusBar" : "hideStatusBar")}
    </button>
  );
}
