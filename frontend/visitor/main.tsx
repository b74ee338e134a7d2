import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/avatar.css";
import "../styles/button.css";
import "../styles/field.css";
import "../styles/icon.css";
import "../styles/status.css";
import "./window.css";
import "./log.css";
import "./forms.css";

import { effect } from "@preact/signals";
import { render } from "preact";

import type { Kept } from "../loader/contract.ts";
import { restore } from "./draft.ts";
import { speak } from "./language.ts";
import { connect } from "./link.ts";
import { renew } from "./newer.ts";
import { noteLeft } from "./OfflineForm.tsx";
import { noteReading } from "./reading.ts";
import { takeBack } from "./refused.ts";
import { Window } from "./Window.tsx";

const root = document.getElementById("window");
const { company = "", name = "", sites = "" } = root?.dataset ?? {};

async function start(kept: Kept): Promise<void> {
  await speak(kept.language || navigator.language);
  restore(kept.draft);
  noteReading();
  effect(noteLeft);
  effect(takeBack);
  effect(() => {
    renew();
  });
  if (root) render(<Window company={name} pictures={`/c/${company}/pictures/`} />, root);
}

connect({ company, sites: sites.split(" ").filter(Boolean) }, (kept) => {
  void start(kept);
});
