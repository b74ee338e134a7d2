import "./check.css";

import alert from "icon:alert-triangle";
import checked from "icon:circle-check";
import crossed from "icon:circle-x";
import hand from "icon:hand-finger";
import loader from "icon:loader-2";

import type { ComponentChildren } from "preact";

import { Icon, type IconNodes } from "../shared/ui/Icon.tsx";
import { type Finding, findings, type Name, NAMES, type Verdict } from "./findings.ts";
import { Notifications } from "./Notifications.tsx";
import { run, summary } from "./run.ts";
import { Sound } from "./Sound.tsx";
import { t, type TextKey } from "./texts/index.ts";

const icons: Record<Verdict, IconNodes> = {
  working: loader,
  good: checked,
  care: alert,
  bad: crossed,
  asked: hand,
};
const verdicts: Record<Verdict, TextKey> = {
  working: "working",
  good: "verdictGood",
  care: "verdictCare",
  bad: "verdictBad",
  asked: "verdictAsked",
};
const actions: Partial<Record<Name, () => ComponentChildren>> = {
  sound: () => <Sound />,
  notifications: () => <Notifications />,
};

export function Check() {
  const isDone = !!findings.value.quality;
  return (
    <div class="check">
      <div class="check-head">
        <p class="check-summary" role="status">
          {summary()}
        </p>
        <button class="button" type="button" disabled={!isDone} onClick={() => void run()}>
          {t("again")}
        </button>
      </div>
      <ul class="check-list">
        {NAMES.map((name) => (
          <Line key={name} name={name} finding={findings.value[name]} />
        ))}
      </ul>
    </div>
  );
}

function Line({ name, finding }: { name: Name; finding: Finding | undefined }) {
  const { verdict, result, advice } = finding ?? { verdict: "working", result: t("working") };
  return (
    <li class={`check-line check-line--${verdict}`}>
      <Icon of={icons[verdict]} />
      <div class="check-words">
        <h2 class="check-name">{t(name)}</h2>
        <p class="quiet small">{t(`${name}For`)}</p>
      </div>
      <div class="check-words">
        <p class="check-result">
          <span class="visually-hidden">{t(verdicts[verdict])}: </span>
          {result}
        </p>
        {advice && <p class="small">{advice}</p>}
        {actions[name] && <div class="button-row check-actions">{actions[name]()}</div>}
      </div>
    </li>
  );
}
