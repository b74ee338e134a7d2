// Import this first: the page's data must be there before the modules that read it.
const data = document.createElement("script");
data.id = "workspace-data";
data.type = "application/json";
data.textContent = JSON.stringify({
  company_id: 10_000_001,
  company_name: "Acme",
  agent: { id: 2, agent_id: "bob", name: "Bob", role: "agent", is_administrator: false },
  language: "en",
  time_zone: "UTC",
  version: "1",
  plan: ["Standard", "paid in advance", "Paid until 1 Dec 2026"],
  is_seeing: false,
  is_visiting: false,
  capabilities: ["take_chats", "answer_offline_messages"],
  urls: {
    live: "/live/c/10000001/agent",
    socket_token: "/c/10000001/socket-token/",
    sign_in: "/sign-in/",
    workspace: "/c/10000001/workspace/",
    offline_messages: "/c/10000001/offline-messages/",
    check: "/c/10000001/check/",
    notices: "/c/10000001/notices/",
    suggestions: "/c/10000001/suggestions/",
    pictures: "/c/10000001/pictures/",
    snippet: "/c/10000001/settings/snippet/",
  },
});
document.head.append(data);
