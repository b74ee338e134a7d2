import type { Texts } from "../../shared/texts.ts";
import type { en } from "./en.ts";

export const zhHans: Texts<typeof en> = {
  copied: "已复制",
  copyByHand: "请按 Ctrl+C 复制",
  discard: "放弃更改",
  passkeyCancelled: "操作已取消或超时，请重试。",
  passkeyElsewhere: "通行密钥不能在此网址使用，请通过设置时所用的域名打开本页。",
  passkeyFailed: "未能完成，请重试或换用其他密钥。",
  passkeyKnown: "此设备或密钥已经添加过。",
  passkeysImpossible: "此浏览器无法在这里使用通行密钥：需要 https 和较新的浏览器。",
  ticked: "已选 {count} 项",
  tickFirst: "勾选后可批量操作",
  unsaved: "有未保存的更改",
};
