import type { Texts } from "../../shared/texts.ts";
import type { en } from "./en.ts";

export const zhHant: Texts<typeof en> = {
  button: "線上諮詢",
  window: "對話",
  online: "客服在線",
  busy: "客服忙碌中，可以排隊等候",
  offline: "客服目前不在線，請留言",
  unknown: "連線中",
  news: "新訊息：{count} 則",
};
