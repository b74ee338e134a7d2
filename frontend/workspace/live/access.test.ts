import "../testing/page.ts";

import { afterEach, expect, test, vi } from "vitest";

import { isAdministrator, may } from "../store/page.ts";
import { accessChanged } from "./access.ts";

const event = {
  type: "agent.access_changed",
  capabilities: ["monitor"],
  is_administrator: true,
} as const;
const nav = (...names: string[]) =>
  `<nav class="side-nav">${names.map((name) => `<a>${name}</a>`).join("")}</nav>`;

function draw(html: string): void {
  document.body.innerHTML = html;
}

function serve(body: string, status = 200): void {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status })));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("what one may changes, and menus with it", async () => {
  draw(nav("Chat", "Balance"));
  serve(nav("Chat"));
  await accessChanged({ ...event, capabilities: [...event.capabilities] });
  expect([may("monitor"), may("take_chats"), isAdministrator.value]).toEqual([true, false, true]);
  expect(document.querySelector(".side-nav")?.textContent).toBe("Chat");
});

test("a page that one may see no more is left", async () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { href: location.href, reload });
  draw("<main><input value='as it was'></main>");
  serve("", 403);
  await accessChanged({ ...event, capabilities: [] });
  expect(reload).toHaveBeenCalledOnce();
});

test("unless something is typed into it", async () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { href: location.href, reload });
  draw("<main><input value='as it was'></main>");
  document.querySelector("input")!.value = "typed";
  serve("", 403);
  await accessChanged({ ...event, capabilities: [] });
  expect(reload).not.toHaveBeenCalled();
});
