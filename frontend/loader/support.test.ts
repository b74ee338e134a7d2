import { expect, test } from "vitest";

import { canCarryChat, makePlainLink } from "./support.ts";

class Modern {
  attachShadow(): void {
    // There is no need to do it.
  }
}
const modern = { WebSocket, MessageChannel, Element: Modern } as unknown as typeof globalThis;

test("a browser with all that is needed carries the chat", () => {
  expect(canCarryChat(modern)).toBe(true);
});

test.each([
  ["WebSocket", { ...modern, WebSocket: undefined }],
  ["MessageChannel", { ...modern, MessageChannel: undefined }],
  ["Shadow DOM", { ...modern, Element: Object }],
])("a browser without %s gets a link to the chat's own page", (_, scope) => {
  expect(canCarryChat(scope as unknown as typeof globalThis)).toBe(false);
});

test("the link needs no style sheet and opens beside the website", () => {
  const link = makePlainLink("https://chat.example/w/12345678/window/", "Chat with us");
  expect(link.textContent).toBe("Chat with us");
  expect(link.href).toBe("https://chat.example/w/12345678/window/");
  expect([link.target, link.rel, link.style.position]).toEqual(["_blank", "noopener", "fixed"]);
});
