"""What people read on the screen and go by, in the languages they come in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    locale: str
    chat_with_us: str
    chat: str
    message: str
    send: str
    end_chat: str
    company_id: str
    agent_id: str
    password: str
    sign_in: str
    visitors: str
    requesting: str
    end: str
    sent: str
    delivered: str
    read: str


ENGLISH = Words(
    locale="en-US",
    chat_with_us="Chat with us",
    chat="Chat",
    message="Message",
    send="Send",
    end_chat="End chat",
    company_id="Company ID",
    agent_id="Agent ID",
    password="Password",
    sign_in="Sign in",
    visitors="Visitors",
    requesting="Requesting",
    end="End",
    sent="Sent",
    delivered="Delivered",
    read="Read",
)
CHINESE = Words(
    locale="zh-CN",
    chat_with_us="在线咨询",
    chat="对话",
    message="消息",
    send="发送",
    end_chat="结束对话",
    company_id="公司ID",
    agent_id="客服ID",
    password="密码",
    sign_in="登录",
    visitors="访客队列",
    requesting="请求对话",
    end="结束",
    sent="已发送",
    delivered="已送达",
    read="已读",
)
