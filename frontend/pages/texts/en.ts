export const en = {
  copied: "Copied",
  copyByHand: "Press Ctrl+C to copy",
  discard: "Discard",
  unsaved: "Unsaved changes",
};
