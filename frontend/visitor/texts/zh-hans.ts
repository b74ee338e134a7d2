import type { Texts } from "../../shared/texts.ts";
import type { en } from "./en.ts";

export const zhHans: Texts<typeof en> = {
  online: "客服在线",
  busy: "客服正忙，可以排队等候",
  offline: "客服不在线",
  connecting: "正在连接……",
  talking: "{agent}正在为您服务",
  waiting: "正在等待客服接待……",

  welcome: "您好，请留下您的问题，客服会在这里回复您。",
  welcomeBusy: "客服现在都在忙。请先写下您的问题并在此等候，有客服空闲时会马上回复您。",
  log: "对话内容",
  message: "消息",
  placeholder: "输入消息……",
  send: "发送",
  tooLong: "超出 {count} 个字",

  pending: "发送中",
  sent: "已发送",
  delivered: "已送达",
  read: "已读",
  failed: "未发送",
  inStep: "已同步到第 {number} 条",
  sendAgain: "重新发送",
  discard: "删除",
  you: "您",
  agent: "客服",

  begun: "对话开始",
  joined: "{agent}已加入对话",
  returned: "{agent}的连接中断，您已回到队列中原来的位置",
  endedByYou: "您结束了对话",
  endedByAgent: "{agent}结束了对话",
  ended: "对话已结束",
  newMessages: "有新消息",

  endChat: "结束对话",
  startNew: "开始新对话",
  minimise: "最小化",
  language: "语言",

  leaveMessage: "请给我们留言，我们上线后会查看。",
  name: "您的称呼",
  email: "邮箱（选填）",
  emailHelp: "仅用于回复您。",
  sending: "正在发送……",
  messageLeft: "谢谢，我们已收到您的留言。",
  messageLeftEmail: "谢谢，我们已收到您的留言，会回复到 {email}。",
  leaveAnother: "再写一条留言",
  writeSomething: "请先填写留言内容。",

  lost: "连接已断开",
  tryingAgain: "连接已断开，{seconds} 秒后进行第 {attempt} 次重试",
  trying: "连接已断开，正在进行第 {attempt} 次重试",
  tryNow: "立即重试",
  unreachable: "暂时无法使用在线咨询。",
};
