/** What the chat cannot do without. Where it is missing, the button is a plain link to the chat's own page. */
export function canCarryChat(scope: Partial<typeof globalThis> = globalThis): boolean {
  return !!scope.WebSocket && !!scope.MessageChannel && !!scope.Element?.prototype.attachShadow;
}

/** A link in the corner, styled through the DOM alone: no Shadow DOM, no style sheet. */
export function makePlainLink(address: string, name: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = name;
  link.style.cssText =
    "position:fixed;bottom:20px;right:20px;z-index:2147483647;padding:14px 20px;border-radius:28px;background:#2f5fe0;color:#fff;font:15px sans-serif";
  return link;
}
