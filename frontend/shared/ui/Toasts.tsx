import { dismiss, type Toast, toasts } from "./toasts.ts";

/** The place where toasts appear; one for a page. */
export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={toast.kind === "bad" ? "toast toast--bad" : "toast"}>
          {toast.words}
          {toast.undo && <Undo toast={toast} undo={toast.undo} />}
        </div>
      ))}
    </div>
  );
}

function Undo({ toast, undo }: { toast: Toast; undo: NonNullable<Toast["undo"]> }) {
  const act = () => {
    undo.act();
    dismiss(toast.id);
  };
  return (
    <button type="button" class="button button--quiet" onClick={act}>
      {undo.word}
    </button>
  );
}
