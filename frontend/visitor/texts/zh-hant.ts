import type { Texts } from "../../shared/texts.ts";
import type { en } from "./en.ts";

export const zhHant: Texts<typeof en> = {
  online: "客服在線",
  busy: "客服忙碌中，可以排隊等候",
  offline: "客服目前不在線",
  connecting: "連線中……",
  talking: "{agent} 正在為您服務",
  waiting: "正在等候客服人員……",

  welcome: "您好，請寫下您的問題，客服人員會在這裡回覆您。",
  welcomeBusy: "客服人員目前都在忙線中。請先寫下您的問題並在此稍候，有人空出來就會立即回覆您。",
  log: "對話內容",
  message: "訊息",
  placeholder: "輸入訊息……",
  send: "傳送",
  tooLong: "超過 {count} 個字",

  pending: "傳送中",
  sent: "已傳送",
  delivered: "已送達",
  read: "已讀",
  failed: "未傳送",
  inStep: "已同步至第 {number} 則",
  sendAgain: "重新傳送",
  discard: "刪除",
  you: "您",
  agent: "客服",

  begun: "對話開始",
  joined: "{agent} 已加入對話",
  returned: "{agent} 的連線中斷，您已回到原本的排隊順位",
  endedByYou: "您已結束對話",
  endedByAgent: "{agent} 已結束對話",
  ended: "對話已結束",
  newMessages: "有新訊息",

  endChat: "結束對話",
  startNew: "開始新對話",
  minimise: "最小化",
  language: "語言",

  leaveMessage: "請留言給我們，我們上線後就會查看。",
  name: "您的稱呼",
  email: "電子郵件（選填）",
  emailHelp: "僅供我們回覆您使用。",
  sending: "傳送中……",
  messageLeft: "謝謝您，我們已收到您的留言。",
  messageLeftEmail: "謝謝您，我們已收到您的留言，將回覆至 {email}。",
  leaveAnother: "再留一則留言",
  writeSomething: "請先填寫留言內容。",

  lost: "連線已中斷",
  tryingAgain: "連線已中斷，{seconds} 秒後進行第 {attempt} 次重試",
  trying: "連線已中斷，正在進行第 {attempt} 次重試",
  tryNow: "立即重試",
  unreachable: "目前無法使用線上諮詢。",
};
