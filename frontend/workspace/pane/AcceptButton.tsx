import { isForMe } from "../model/lists.ts";
import { accept, accepting } from "../store/deeds.ts";
import { conversations, myStatus, workspace } from "../store/state.ts";
import { t } from "../texts/index.ts";

/** Whoever is invisible cannot, as visitor and colleagues would know of them; nor whoever is of another group than
 * it is for. It can be reached, and says why. */
export function AcceptButton({ id }: { id: number }) {
  const isBusy = accepting.value.has(id);
  const trouble = troubleWith(id);
  return (
    <button
      class="button button--primary"
      type="button"
      aria-busy={isBusy}
      aria-disabled={trouble !== undefined}
      title={trouble}
      onClick={() => {
        if (trouble === undefined) void accept(id);
      }}
    >
      {t("accept")}
    </button>
  );
}

function troubleWith(id: number): string | undefined {
  if (myStatus.value === "invisible") return t("acceptInvisible");
  const conversation = conversations.value.get(id);
  if (!conversation || isForMe(conversation, workspace.value.groups)) return undefined;
  return t("acceptOtherGroup", { group: conversation.group_name ?? "" });
}
