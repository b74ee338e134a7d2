import { beforeEach, expect, test, vi } from "vitest";

import type { Deed } from "../loader/contract.ts";
import { entry } from "../loader/testing.ts";
import { isAtEnd, noteReading } from "./reading.ts";
import { isOpen, take } from "./state.ts";
import { say, talk } from "./testing.tsx";

const wanted: Deed[] = [];
vi.mock("./link.ts", () => ({ want: (deed: Deed) => wanted.push(deed), isFramed: true }));

const log = [entry(1, "requested"), entry(2, "text", { side: "agent" })];
noteReading();
let lastId = 7;

beforeEach(() => {
  say({}, false);
  isOpen.value = true;
  isAtEnd.value = true;
  wanted.length = 0;
});

test("what is in sight of somebody who looks is read, and told once", () => {
  say({ conversation: talk(log) });
  say({ conversation: talk([], "active", 2) });
  expect(wanted).toEqual([{ does: "read", number: 2 }]);
});

test.each([
  [
    "the window is minimised",
    () => {
      take({ isOpen: false });
    },
    () => {
      take({ isOpen: true });
    },
  ],
  [
    "it is scrolled away",
    () => {
      isAtEnd.value = false;
    },
    () => {
      isAtEnd.value = true;
    },
  ],
])("while %s nothing is read", (_, hide, show) => {
  hide();
  say({ conversation: { ...talk(log), id: ++lastId } });
  expect(wanted).toEqual([]);
  show();
  expect(wanted).toEqual([{ does: "read", number: 2 }]);
});

test("in a browser that nobody looks at nothing is read, until somebody comes back", () => {
  say({ conversation: { ...talk(log), id: ++lastId } }, false);
  expect(wanted).toEqual([]);
  dispatchEvent(new Event("focus"));
  expect(wanted).toEqual([{ does: "read", number: 2 }]);
});
