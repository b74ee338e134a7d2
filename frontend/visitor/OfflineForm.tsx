import { useSignalEffect } from "@preact/signals";
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { wellFormed } from "../loader/page.ts";
import { newName } from "../shared/connection/names.ts";
import { excessOf } from "./Composer.tsx";
import { change, draft } from "./draft.ts";
import { Field } from "./Field.tsx";
import { useFocusOnOpening } from "./focus.ts";
import { t } from "./language.ts";
import { want } from "./link.ts";
import { offlineLetter, shown } from "./state.ts";

/** Where the answer to the message just left will go; null while none was left. */
export const leftFor = signal<string | null>(null);
const isEmpty = signal(false);

export function OfflineForm() {
  const form = useRef<HTMLFormElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useFocusOnOpening(first);
  useFocusOnTrouble(form);
  const { leaving, name, email, text } = draft.value;
  const isOnItsWay = !!leaving && !troubleOf();
  return (
    <form
      class="offline"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isOnItsWay) leave();
      }}
    >
      <p class="offline-words">{t("leaveMessage")}</p>
      <Field id="name" label={t("name")} trouble={of("name")}>
        {(more) => (
          <input
            {...more}
            ref={first}
            autoComplete="name"
            maxLength={100}
            value={name}
            onInput={(event) => {
              change({ name: event.currentTarget.value });
            }}
          />
        )}
      </Field>
      <Field id="email" label={t("email")} help={t("emailHelp")} trouble={of("email")}>
        {(more) => (
          <input
            {...more}
            type="email"
            autoComplete="email"
            maxLength={254}
            value={email}
            onInput={(event) => {
              change({ email: event.currentTarget.value });
            }}
          />
        )}
      </Field>
      <Field id="text" label={t("message")} trouble={of("text")}>
        {(more) => (
          <textarea
            {...more}
            required
            rows={5}
            dir="auto"
            value={text}
            onInput={(event) => {
              isEmpty.value = false;
              change({ text: event.currentTarget.value });
            }}
          />
        )}
      </Field>
      {general() && (
        <p class="trouble" role="alert">
          {general()}
        </p>
      )}
      <button class="button button--primary button--wide" aria-busy={isOnItsWay}>
        {t(isOnItsWay ? "sending" : "send")}
      </button>
    </form>
  );
}

function leave(): void {
  const { leaving, ...words } = draft.value;
  const text = words.text.trim();
  isEmpty.value = !text;
  if (!text || excessOf(text)) return;
  const client_id = leaving || newName();
  change({ leaving: client_id });
  want({
    does: "leave",
    message: {
      client_id,
      text: wellFormed(text, 4_000),
      name: wellFormed(words.name.trim(), 100),
      email: wellFormed(words.email.trim(), 254),
    },
  });
}

function troubleOf() {
  const letter = offlineLetter.value;
  return letter?.command.client_id === draft.value.leaving ? letter.failure : undefined;
}

function of(field: string): string {
  const excess = excessOf(draft.value.text);
  if (field === "text" && excess) return t("tooLong", { count: excess });
  if (field === "text" && isEmpty.value) return t("writeSomething");
  const trouble = troubleOf();
  return trouble?.field === field ? trouble.message : "";
}

function general(): string {
  const trouble = troubleOf();
  return trouble && !["name", "email", "text"].includes(trouble.field ?? "") ? trouble.message : "";
}

function useFocusOnTrouble(form: { current: HTMLFormElement | null }): void {
  useSignalEffect(() => {
    if (!isEmpty.value && !troubleOf()) return;
    setTimeout(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  });
}

/** The server has it: the words may go, and it is said that they arrived. */
export function noteLeft(): void {
  const { leaving, email } = draft.value;
  if (!leaving || !shown.value?.left.includes(leaving)) return;
  leftFor.value = email;
  change({ leaving: "", text: "" });
}
