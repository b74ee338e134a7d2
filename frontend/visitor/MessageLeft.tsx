import { useLayoutEffect, useRef } from "preact/hooks";

import { t } from "./language.ts";
import { leftFor } from "./OfflineForm.tsx";

/** The offline message has arrived. */
export function MessageLeft({ email }: { email: string }) {
  const words = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    words.current?.focus();
  }, []);
  const again = () => {
    leftFor.value = null;
  };
  return (
    <div class="left">
      <p ref={words} tabIndex={-1} role="status">
        {email ? t("messageLeftEmail", { email }) : t("messageLeft")}
      </p>
      <button class="button" type="button" onClick={again}>
        {t("leaveAnother")}
      </button>
    </div>
  );
}
