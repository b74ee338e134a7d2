import { bad, care, type Finding, good } from "./findings.ts";
import { t } from "./texts/index.ts";

const KEY = "parley:check";
/** Drafts and unsent messages are small; this much should be free. */
const NEEDED = 100_000;

export function checkStorage(): Finding {
  try {
    localStorage.setItem(KEY, "1");
    localStorage.removeItem(KEY);
  } catch (trouble) {
    return isFull(trouble) ? full() : bad(t("storageBad"), t("storageAdvice"));
  }
  return hasRoom() ? good(t("storageGood")) : full();
}

function hasRoom(): boolean {
  try {
    localStorage.setItem(KEY, "x".repeat(NEEDED));
    return true;
  } catch {
    return false;
  } finally {
    localStorage.removeItem(KEY);
  }
}

function isFull(trouble: unknown): boolean {
  return trouble instanceof DOMException && trouble.name === "QuotaExceededError";
}

function full(): Finding {
  return care(t("storageFull"), t("storageFullAdvice"));
}
