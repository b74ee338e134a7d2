import columns from "icon:layout-columns";

import { lookBeside } from "../store/deeds.ts";
import { isListOpen } from "../store/layout.ts";
import { panes, room, shown } from "../store/panes.ts";
import { IconButton } from "../ui/IconButton.tsx";

/** Where there is room for two logs, and another one is open already. */
export function Beside({ id }: { id: number }) {
  const isUseful = room.value > 1 && panes.value.open.length > 0 && !shown.value.includes(id);
  if (!isUseful) return null;
  return (
    <IconButton
      name="openBeside"
      icon={columns}
      class="lists-beside"
      onClick={() => {
        lookBeside(id);
        isListOpen.value = false;
      }}
    />
  );
}
