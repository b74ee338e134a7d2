import "../testing/page.ts";

import { beforeEach, expect, test, vi } from "vitest";

import { noticeNews } from "../live/noticing.ts";
import { startNoticesPage } from "./noticesPage.ts";

const list = () => document.querySelector("[data-notices]")!;

function answer(inside: string, init: ResponseInit = {}): void {
  const page = `<main><div data-notices>${inside}</div></main>`;
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(page, init)));
}

beforeEach(() => {
  document.body.innerHTML = `<div data-notices><p>None</p></div>`;
  startNoticesPage(document);
});

test("the page is read anew when something is told of notices", async () => {
  answer("<p>Tonight</p>");
  noticeNews.value += 1;
  await vi.waitFor(() => {
    expect(list().textContent).toBe("Tonight");
  });
});

test("a page that cannot be had changes nothing", async () => {
  answer("<p>Oh</p>", { status: 503 });
  noticeNews.value += 1;
  await new Promise((resolve) => setTimeout(resolve));
  expect(list().textContent).toBe("None");
});

test("whoever is at a notice stays there", async () => {
  const card = `<ul><li id="notice-1"><button>Read</button></li></ul>`;
  list().innerHTML = card;
  list().querySelector("button")?.focus();
  answer(`<p>New</p>${card}`);
  noticeNews.value += 1;
  await vi.waitFor(() => {
    expect(list().textContent).toContain("New");
  });
  expect(document.activeElement?.textContent).toBe("Read");
});
