import left from "icon:door-exit";
import mine from "icon:message-circle-user";
import requesting from "icon:bell-ringing";
import other from "icon:messages";
import browsing from "icon:world";

import { Icon } from "../../shared/ui/Icon.tsx";
import type { Row } from "../model/rows.ts";
import { t } from "../texts/index.ts";
import { stateWords } from "./columns.ts";

const icons = { requesting, mine, other, browsing, left };

export function StateCell({ row }: { row: Row }) {
  const words = stateWords(row);
  return (
    <span
      class={`queue-cell queue-state queue-state--${row.state}`}
      role="gridcell"
      title={row.state === "requesting" ? `${words}\n${t("queueHint")}` : words}
    >
      <Icon of={icons[row.state]} />
      <span class="cut">{words}</span>
    </span>
  );
}
