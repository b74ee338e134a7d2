import type { Texts } from "../../shared/texts.ts";
import type { en } from "./en.ts";

export const zhHans: Texts<typeof en> = {
  copied: "已复制",
  copyByHand: "请按 Ctrl+C 复制",
  discard: "放弃更改",
  ticked: "已选 {count} 项",
  tickFirst: "勾选后可批量操作",
  unsaved: "有未保存的更改",
};
