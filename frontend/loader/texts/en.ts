export const en = {
  button: "Chat with us",
  window: "Chat",
  online: "We are online",
  busy: "We are busy: you can wait",
  offline: "We are offline: leave a message",
  unknown: "Connecting",
  news: "New messages: {count}",
};
