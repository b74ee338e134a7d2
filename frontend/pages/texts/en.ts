export const en = {
  copied: "Copied",
  copyByHand: "Press Ctrl+C to copy",
  discard: "Discard",
  passkeyCancelled: "That was cancelled or took too long. Try again.",
  passkeyElsewhere:
    "Passkeys do not work at this address. Open the page under the name it was set up with.",
  passkeyFailed: "This did not work. Try again, or use another key.",
  passkeyKnown: "This device or key is added already.",
  passkeysImpossible:
    "This browser cannot use passkeys here: it needs https and a browser of the last years.",
  ticked: "{count} ticked",
  tickFirst: "Tick rows to change several at once",
  unsaved: "Unsaved changes",
};
