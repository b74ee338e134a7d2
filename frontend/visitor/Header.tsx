import minus from "icon:minus";

import { Avatar, pictureUrl } from "../shared/ui/Avatar.tsx";
import { Icon } from "../shared/ui/Icon.tsx";
import { t } from "./language.ts";
import { isFramed, want } from "./link.ts";
import { conversation, picture, shown, view } from "./state.ts";

interface Props {
  company: string;
  pictures: string;
}

export function Header({ company, pictures }: Props) {
  const agent = conversation.value?.state === "active" ? conversation.value.agent : "";
  return (
    <header class="header">
      <Avatar
        name={agent || company}
        src={agent ? pictureUrl(pictures, picture.value) : undefined}
      />
      <div class="header-words">
        <h1 class="header-title cut">{company}</h1>
        <p class="header-state cut">
          <StateWords agent={agent} />
        </p>
      </div>
      {canEnd() && (
        <button
          class="header-button"
          type="button"
          onClick={() => {
            want({ does: "end" });
          }}
        >
          {t("endChat")}
        </button>
      )}
      {isFramed && <Minimise />}
    </header>
  );
}

function canEnd(): boolean {
  return view.value === "talk" && !!conversation.value;
}

function StateWords({ agent }: { agent: string }) {
  const { availability } = shown.value ?? {};
  if (agent) return t("talking", { agent });
  if (!availability) return t("connecting");
  return (
    <>
      <span class={`status status--${availability}`} aria-hidden="true" /> {t(availability)}
    </>
  );
}

function Minimise() {
  const minimise = () => {
    want({ does: "minimise" });
  };
  return (
    <button
      class="header-button header-button--icon"
      type="button"
      aria-label={t("minimise")}
      title={t("minimise")}
      onClick={minimise}
    >
      <Icon of={minus} />
    </button>
  );
}
