import type { Texts } from "../../shared/texts.ts";
import type { en } from "./en.ts";

export const zhHans: Texts<typeof en> = {
  button: "在线咨询",
  window: "对话",
  online: "客服在线",
  busy: "客服正忙，可以排队等候",
  offline: "客服不在线，请留言",
  unknown: "正在连接",
  news: "新消息：{count} 条",
};
