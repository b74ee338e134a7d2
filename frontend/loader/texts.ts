import { choose } from "../shared/texts.ts";

const en = {
  button: "Chat with us",
  window: "Chat",
  online: "We are online",
  busy: "Everybody is busy: you can wait",
  offline: "Nobody is here now: leave us a message",
  unknown: "Connecting",
  one: "1 new message",
  many: "{count} new messages",
};

export type LoaderTexts = Record<keyof typeof en, string>;

const zhHans: LoaderTexts = {
  button: "在线咨询",
  window: "对话",
  online: "客服在线",
  busy: "客服正忙，可以排队等候",
  offline: "客服不在线，请留言",
  unknown: "正在连接",
  one: "1 条新消息",
  many: "{count} 条新消息",
};

const zhHant: LoaderTexts = {
  button: "線上諮詢",
  window: "對話",
  online: "客服在線",
  busy: "客服忙碌中，可以排隊等候",
  offline: "客服目前不在線，請留言",
  unknown: "連線中",
  one: "1 則新訊息",
  many: "{count} 則新訊息",
};

export const textsFor = (language: string): LoaderTexts =>
  choose(language, { en, "zh-hans": zhHans, "zh-hant": zhHant });
