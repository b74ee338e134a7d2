import mine from "icon:message-circle-user";
import requesting from "icon:bell-ringing";
import other from "icon:messages";
import browsing from "icon:world";

import { Icon } from "../../shared/ui/Icon.tsx";
import type { Row, RowState } from "../model/queue.ts";
import { t, type TextKey } from "../texts/index.ts";

const icons = { requesting, mine, other, browsing };
const words: Record<RowState, TextKey> = {
  requesting: "requesting",
  mine: "inConversation",
  other: "inConversation",
  browsing: "browsing",
};

export function StateCell({ row }: { row: Row }) {
  return (
    <span class={`queue-cell queue-state queue-state--${row.state}`} role="gridcell">
      <Icon of={icons[row.state]} />
      <span class="cut">{t(words[row.state])}</span>
    </span>
  );
}
