/** The words of the connection check. */
export const en = {
  summaryWorking: "Checking …",
  summaryGood: "Everything that could be tried by itself works.",
  summaryOne: "One thing needs a look.",
  summaryMany: "{count} things need a look.",
  again: "Check again",
  working: "Trying …",
  verdictGood: "Works",
  verdictCare: "Needs a look",
  verdictBad: "Does not work",
  verdictAsked: "Up to you",

  websocket: "WebSocket",
  websocketFor: "The quickest way: a lasting connection for messages.",
  websocketBad: "It could not be opened or said nothing.",
  websocketAdvice:
    "Something between this browser and {host} cuts WebSockets, often a proxy or a firewall. Chats go on over plain HTTP. For the quickest way ask whoever runs your network to let WebSockets to {host} through.",
  stream: "Streaming over HTTP",
  streamFor: "Used by itself where WebSockets are cut.",
  streamBad: "Answers were held back or cut on the way.",
  streamAdvice:
    "A proxy or virus scanner keeps long answers back. This matters only where WebSockets are cut as well; then Parley asks again and again instead.",
  poll: "Long polling",
  pollFor: "The last resort: it works wherever web pages do.",
  pollBad: "Requests did not come through.",
  pollAdvice:
    "Even plain requests to {host} fail. Reload the page; if that does not help, ask whoever runs your network whether {host} is blocked.",

  works: "Works, {milliseconds} ms",
  quality: "Quality",
  qualityFor: "How long an answer takes, there and back.",
  excellent: "Excellent, {milliseconds} ms",
  excellentMeans: "Messages arrive at once.",
  fair: "Fair, {milliseconds} ms",
  fairMeans: "Messages arrive with a delay that one hardly notices.",
  poor: "Poor, {milliseconds} ms",
  poorMeans:
    "Messages are late. Look for downloads or calls that fill the line, come closer to the Wi-Fi, or use a cable.",
  disconnected: "Disconnected",
  disconnectedMeans: "None of the ways above works, so there is nothing to measure.",

  clock: "Clock",
  clockFor: "Whether this computer and the server agree what time it is.",
  clockGood: "In step with the server",
  clockAhead: "{time} ahead of the server",
  clockBehind: "{time} behind the server",
  clockAdvice:
    "Waiting times on your screen are wrong by that much. Switch on “set time automatically” in the settings of your system.",
  clockUnknown: "The server's time did not come through.",
  clockUnknownAdvice: "A proxy leaves out the time of the answer. Chats work without it.",

  sound: "Sound",
  soundFor: "So that you hear when a visitor asks for you.",
  play: "Play a tone",
  playAgain: "Play again",
  didYouHear: "Did you hear it?",
  yes: "Yes",
  no: "No",
  soundGood: "You heard it",
  soundBad: "You heard nothing",
  soundAdvice:
    "Look at the volume, whether this tab is muted (right-click the tab), and which loudspeaker your system uses. Then play it again.",
  soundAbsent: "This browser plays no sounds.",
  soundAbsentAdvice: "Use a current version of Chrome, Edge, Firefox or Safari.",
  soundBlocked: "The browser did not let the tone play.",
  soundBlockedAdvice: "Allow sound for {host} in the settings of your browser, then play it again.",

  notifications: "Notifications",
  notificationsFor: "So that your system tells you while you are in another window.",
  notificationsAsk: "Not asked yet",
  notificationsAskHint: "Press the button, and the browser asks you.",
  allow: "Allow notifications",
  notificationsGood: "Allowed",
  test: "Send a test",
  testTitle: "Parley",
  testBody: "This is what a notification looks like.",
  testSent:
    "Sent. If nothing appeared, your system holds notifications back: look for “do not disturb” or “focus”.",
  testFailed: "The browser did not show it.",
  notificationsBad: "Blocked",
  notificationsAdvice:
    "You or your browser have blocked notifications for {host}. Press the icon beside the address, allow notifications, and reload the page.",
  notificationsAbsent: "This browser shows no notifications here.",
  notificationsAbsentAdvice:
    "It may need https, or the page on your home screen. Chats work without them.",

  storage: "Storage",
  storageFor: "Keeps drafts and unsent messages in this browser.",
  storageGood: "Works",
  storageBad: "Blocked",
  storageAdvice:
    "What you have typed would be lost with the page. Allow site data for {host} in the settings of your browser; private windows often forbid it.",
  storageFull: "Full",
  storageFullAdvice: "Delete data of websites in the settings of your browser, then check again.",

  zone: "Time zone",
  zoneFor: "In which times are shown.",
  zoneSame: "{zone}, as in your browser",
  zoneOther: "{zone}; your browser is in {browser}",
  zoneOtherHint: "Times on these pages are your company's, not those of your computer.",
};
