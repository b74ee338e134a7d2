import check from "icon:check";
import copy from "icon:copy";

import { useEffect, useState } from "preact/hooks";

import { Icon } from "../../shared/ui/Icon.tsx";
import { say } from "../../shared/ui/toasts.ts";
import { t } from "../texts/index.ts";

const SHOWN_FOR = 2_000;

/** Takes a text along; the tick says that it worked. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => {
      setDone(false);
    }, SHOWN_FOR);
    return () => {
      clearTimeout(timer);
    };
  }, [isDone]);
  const words = isDone ? t("copied") : name;
  return (
    <button
      class="button button--quiet button--icon side-copy"
      type="button"
      aria-label={words}
      title={words}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => {
            setDone(true);
          },
          () => {
            say(t("notCopied"), { kind: "bad" });
          },
        );
      }}
    >
      <Icon of={isDone ? check : copy} />
    </button>
  );
}
