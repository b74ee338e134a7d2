import { change, draft } from "./draft.ts";
import { want } from "./link.ts";
import { letters } from "./state.ts";

/** Words for which nobody was there any more go back into the box, to be left as a message. */
export function takeBack(): void {
  const refused = letters.value.filter(({ failure }) => failure?.code === "nobody_online");
  if (!refused.length) return;
  const words = refused.map(({ command }) => command.text);
  change({ text: [...words, draft.peek().text].filter(Boolean).join("\n") });
  refused.forEach(({ command }) => {
    want({ does: "drop", name: command.client_id });
  });
}
