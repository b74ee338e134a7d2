import { dismiss, type Toast, toasts } from "./toasts.ts";

/** The place where toasts appear; one for a page. */
export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={toast.kind === "bad" ? "toast toast--bad" : "toast"}>
          {toast.words}
          {toast.deed && <Deed toast={toast} deed={toast.deed} />}
        </div>
      ))}
    </div>
  );
}

function Deed({ toast, deed }: { toast: Toast; deed: NonNullable<Toast["deed"]> }) {
  const act = () => {
    deed.act();
    dismiss(toast.id);
  };
  return (
    <button type="button" class="button button--quiet" onClick={act}>
      {deed.word}
    </button>
  );
}
