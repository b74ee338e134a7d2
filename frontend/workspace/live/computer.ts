import { signal } from "@preact/signals";

import { touch } from "./activity.ts";

/** What of the browser's IdleDetector is used; only some browsers have one. */
interface Detector extends EventTarget {
  readonly userState: "active" | "idle" | null;
  readonly screenState: "locked" | "unlocked" | null;
  start: (options: { threshold: number }) => Promise<void>;
}
interface Detectors {
  new (): Detector;
  requestPermission: () => Promise<PermissionState>;
}

export type Watch = "absent" | "off" | "on" | "denied";

/** The shortest a browser allows. */
const THRESHOLD = 60_000;
const EVERY = 20_000;

/** Whether activity in other programs counts too. */
export const watch = signal<Watch>("absent");

let timer: ReturnType<typeof setInterval> | undefined;

/** Watches on where the agent has allowed it before; asks nothing. */
export async function startComputer(): Promise<void> {
  const detectors = find();
  if (!detectors) return;
  watch.value = "off";
  const name = "idle-detection" as PermissionName;
  const allowed = await navigator.permissions.query({ name }).catch(() => null);
  if (allowed?.state === "granted") await begin(detectors);
  if (allowed?.state === "denied") watch.value = "denied";
}

/** Only from a button: the browser asks the agent. */
export async function askForComputer(): Promise<void> {
  const detectors = find();
  if (!detectors) return;
  const answer = await detectors.requestPermission().catch(() => "denied" as const);
  if (answer === "granted") await begin(detectors);
  else watch.value = "denied";
}

async function begin(detectors: Detectors): Promise<void> {
  const detector = new detectors();
  detector.addEventListener("change", () => {
    follow(detector);
  });
  try {
    await detector.start({ threshold: THRESHOLD });
    watch.value = "on";
    follow(detector);
  } catch {
    watch.value = "denied";
  }
}

/** The browser tells only when it changes: while it lasts one is active again and again. */
function follow({ userState, screenState }: Detector): void {
  clearInterval(timer);
  if (userState !== "active" || screenState === "locked") return;
  touch();
  timer = setInterval(touch, EVERY);
}

function find(): Detectors | undefined {
  return (globalThis as { IdleDetector?: Detectors }).IdleDetector;
}
