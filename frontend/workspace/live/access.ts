import type { AgentAccessChanged } from "../../shared/protocol.ts";
import { say } from "../../shared/ui/toasts.ts";
import { mayFromNow } from "../store/page.ts";
import { t } from "../texts/index.ts";

const MENUS = [".side-nav", ".settings-nav"];

/** Menus follow at once; a page that one may see no more is left, unless something is typed into it. */
export async function accessChanged(event: AgentAccessChanged): Promise<void> {
  mayFromNow(event.capabilities, event.is_administrator);
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer) return;
  if (answer.ok) follow(new DOMParser().parseFromString(await answer.text(), "text/html"));
  else if (isTyped()) say(t("accessLost"), { kind: "bad" });
  else location.reload();
}

function follow(fresh: Document): void {
  MENUS.forEach((menu) => {
    const [before, after] = [document.querySelector(menu), fresh.querySelector(menu)];
    if (before && after) before.replaceWith(document.importNode(after, true));
  });
}

function isTyped(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    "main input, main textarea",
  );
  return [...fields].some(
    (field) =>
      field.value !== field.defaultValue ||
      ("checked" in field && field.checked !== field.defaultChecked),
  );
}
