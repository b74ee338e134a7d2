import { accept, accepting } from "../store/deeds.ts";
import { myStatus } from "../store/state.ts";
import { t } from "../texts/index.ts";

/** Whoever is invisible cannot: visitor and colleagues would know of them. It can be reached, and says why. */
export function AcceptButton({ id }: { id: number }) {
  const isBusy = accepting.value.has(id);
  const isInvisible = myStatus.value === "invisible";
  return (
    <button
      class="button button--primary"
      type="button"
      aria-busy={isBusy}
      aria-disabled={isInvisible}
      title={isInvisible ? t("acceptInvisible") : undefined}
      onClick={() => {
        if (!isInvisible) void accept(id);
      }}
    >
      {t("accept")}
    </button>
  );
}
