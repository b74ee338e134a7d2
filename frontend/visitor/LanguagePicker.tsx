import { type Language, language, LANGUAGES, speak, t } from "./language.ts";
import { want } from "./link.ts";

export function LanguagePicker() {
  const pick = (name: Language) => {
    want({ does: "keep", key: "language", value: name });
    void speak(name);
  };
  return (
    <select
      class="languages"
      aria-label={t("language")}
      value={language.value}
      onChange={(event) => {
        pick(event.currentTarget.value as Language);
      }}
    >
      {Object.entries(LANGUAGES).map(([name, own]) => (
        <option key={name} value={name} lang={name}>
          {own}
        </option>
      ))}
    </select>
  );
}
