import { asked, bad, care, type Finding, found, good } from "./findings.ts";
import { t } from "./texts/index.ts";

export function checkNotifications(): Finding {
  if (!("Notification" in globalThis)) {
    return care(t("notificationsAbsent"), t("notificationsAbsentAdvice"));
  }
  if (Notification.permission === "granted") return good(t("notificationsGood"));
  if (Notification.permission === "denied") {
    return care(t("notificationsBad"), t("notificationsAdvice"));
  }
  return asked(t("notificationsAsk"), t("notificationsAskHint"));
}

/** Asks, or sends one to see. */
export function Notifications() {
  if (!("Notification" in globalThis) || Notification.permission === "denied") return null;
  const isAllowed = Notification.permission === "granted";
  return (
    <button class="button" type="button" onClick={isAllowed ? send : () => void ask()}>
      {t(isAllowed ? "test" : "allow")}
    </button>
  );
}

async function ask(): Promise<void> {
  await Notification.requestPermission();
  found("notifications", checkNotifications());
}

function send(): void {
  try {
    const shown = new Notification(t("testTitle"), { body: t("testBody"), tag: "parley-check" });
    shown.onerror = fail;
    found("notifications", good(t("notificationsGood"), t("testSent")));
  } catch {
    fail();
  }
}

function fail(): void {
  found("notifications", bad(t("testFailed"), t("testSent")));
}
