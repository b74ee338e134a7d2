export const en = {
  copied: "Copied",
  copyByHand: "Press Ctrl+C to copy",
  discard: "Discard",
  ticked: "{count} ticked",
  tickFirst: "Tick rows to change several at once",
  unsaved: "Unsaved changes",
};
