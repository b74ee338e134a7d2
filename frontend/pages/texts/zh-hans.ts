import type { Texts } from "../../shared/texts.ts";
import type { en } from "./en.ts";

export const zhHans: Texts<typeof en> = {
  copied: "已复制",
  copyByHand: "请按 Ctrl+C 复制",
};
