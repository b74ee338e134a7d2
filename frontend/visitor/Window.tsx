import { ConnectionLine } from "./ConnectionLine.tsx";
import { Composer } from "./Composer.tsx";
import { Ended } from "./Ended.tsx";
import { Header } from "./Header.tsx";
import { t } from "./language.ts";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { isFramed, want } from "./link.ts";
import { LogView } from "./LogView.tsx";
import { MessageLeft } from "./MessageLeft.tsx";
import { leftFor, OfflineForm } from "./OfflineForm.tsx";
import { isUnreachable, view } from "./state.ts";

interface Props {
  company: string;
  /** Where the pictures of its agents are. */
  pictures: string;
}

export function Window({ company, pictures }: Props) {
  return (
    <div class="window" onKeyDown={onKey}>
      <Header company={company} pictures={pictures} />
      <ConnectionLine />
      <main class="body">{isUnreachable.value ? <Unreachable /> : <Body />}</main>
      <footer class="foot">
        <LanguagePicker />
      </footer>
    </div>
  );
}

function Body() {
  if (view.value === "connecting") return null;
  if (view.value === "offline") {
    return leftFor.value === null ? <OfflineForm /> : <MessageLeft email={leftFor.value} />;
  }
  return (
    <>
      <LogView />
      {view.value === "ended" ? <Ended /> : <Composer />}
    </>
  );
}

function Unreachable() {
  return (
    <p class="welcome" role="alert">
      {t("unreachable")}
    </p>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape" && !event.isComposing && isFramed) want({ does: "minimise" });
}
