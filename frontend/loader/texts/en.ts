export const en = {
  button: "Chat with us",
  window: "Chat",
  online: "We are online",
  busy: "Everybody is busy: you can wait",
  offline: "Nobody is here now: leave us a message",
  unknown: "Connecting",
  news: "New messages: {count}",
};
