export const en = {
  copied: "Copied",
  copyByHand: "Press Ctrl+C to copy",
};
