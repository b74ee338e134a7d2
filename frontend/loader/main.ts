import { App } from "./app.ts";
import { canCarryChat, makePlainLink } from "./support.ts";
import { textsFor } from "./texts/index.ts";

interface Site {
  /** Our one name on the website's page; there so that a second snippet changes nothing. */
  Parley?: { company: string };
}

function ownScript(): HTMLScriptElement | null {
  const { currentScript } = document;
  if (currentScript instanceof HTMLScriptElement && currentScript.dataset["company"])
    return currentScript;
  return document.querySelector("script[data-company][src*='/loader.js']");
}

function start(): void {
  // An element of the page with our name in its id would be found there as well, but names no company.
  const site = window as Site;
  const script = ownScript();
  const company = script?.dataset["company"] ?? "";
  if (site.Parley?.company || !script || !/^\d{8}$/.test(company)) return;
  site.Parley = { company };
  const { origin } = new URL(script.src);
  if (canCarryChat()) new App(origin, company, script.dataset["group"]).start();
  else offerPage(`${origin}/w/${company}/window/`);
}

function offerPage(address: string): void {
  document.documentElement.append(makePlainLink(address, textsFor(navigator.language).button));
}

try {
  start();
} catch (trouble) {
  // The website goes on without a chat.
  console.warn("Parley", trouble);
}
