import "./KeyList.css";

import { useEffect, useRef } from "preact/hooks";

import { isKeyListOpen } from "../keys/open.ts";
import { t, type TextKey } from "../texts/index.ts";

const keys: [TextKey, string[]][] = [
  ["keySend", ["Enter"]],
  ["keyLine", ["Shift", "Enter"]],
  ["keyNext", ["Alt", "Z"]],
  ["keyMove", ["↑", "↓"]],
  ["keyAccept", ["Enter"]],
  ["keyFind", ["/"]],
  ["keyList", ["?"]],
];

export function KeyList() {
  return isKeyListOpen.value ? <Open /> : null;
}

function Open() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => (isKeyListOpen.value = false);
  return (
    <dialog
      class="key-list"
      aria-label={t("keys")}
      ref={dialog}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <h2 class="key-list-title">{t("keys")}</h2>
      <dl class="key-list-keys">
        {keys.map(([what, pressed]) => (
          <div key={what} class="key-list-line">
            <dt>{t(what)}</dt>
            <dd>
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <button class="button" type="button" onClick={close}>
        {t("close")}
      </button>
    </dialog>
  );
}
