import { useState } from "preact/hooks";

import type { IconNodes } from "../../shared/ui/Icon.tsx";
import { page } from "../store/page.ts";
import { offlineMessages } from "../store/state.ts";
import { recall, remember } from "../store/storage.ts";
import { t } from "../texts/index.ts";
import { Chip } from "./Chip.tsx";

const KEY = "offline-messages-seen";

/** They may stay unread for long: it pulses only until one has been there to look. */
export function OfflineChip({ icon }: { icon: IconNodes }) {
  const count = offlineMessages.value;
  const [seen, setSeen] = useState(() => recall(KEY, 0));
  const isThere = location.pathname === page.urls.offline_messages;
  if (count < seen || (isThere && count !== seen)) {
    remember(KEY, count);
    setSeen(count);
  }
  return (
    <Chip
      name={t("offlineMessages")}
      icon={icon}
      count={count}
      isNew={count > seen}
      href={page.urls.offline_messages}
      onGo={() => {
        remember(KEY, count);
      }}
    />
  );
}
