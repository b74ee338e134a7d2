import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { apply, applyMarks, emptyLog, type Log } from "../shared/connection/log.ts";
import { settled } from "../shared/connection/testing.ts";
import type { Entry } from "../shared/protocol.ts";
import { Marker } from "./marker.ts";
import { entry } from "./testing.ts";

const tell = vi.fn<(marks: object) => Promise<unknown>>();
let marker: Marker;

beforeEach(() => {
  vi.useFakeTimers();
  tell.mockReset().mockResolvedValue(null);
  marker = new Marker(tell);
});

afterEach(() => {
  vi.useRealTimers();
});

const agents = (number: number) => entry(number, "text", { side: "agent" });
const own = (number: number) => entry(number, "text");
const logOf = (...entries: Entry[]): Log => apply(emptyLog(7), ...entries);
const QUIET = 300;

test("what has come is told as delivered, a moment later", () => {
  marker.note(logOf(own(1), agents(2)));
  vi.advanceTimersByTime(QUIET - 1);
  expect(tell).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(tell).toHaveBeenCalledExactlyOnceWith({ conversation_id: 7, delivered: 2, read: 0 });
});

test("many at once are told once", () => {
  for (let newest = 2; newest <= 9; newest++) {
    const entries = Array.from({ length: newest }, (_, at) => agents(at + 1));
    marker.note(logOf(...entries));
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(QUIET);
  expect(tell.mock.calls).toEqual([[{ conversation_id: 7, delivered: 9, read: 0 }]]);
});

test("what has been looked at is told as read, never beyond what has come", () => {
  marker.note(applyMarks(logOf(agents(1), agents(2)), { visitor_read: 5 }));
  vi.advanceTimersByTime(QUIET);
  expect(tell).toHaveBeenCalledWith({ conversation_id: 7, delivered: 2, read: 2 });
});

test("one's own words need no mark, and what was told is not told again", () => {
  marker.note(logOf(own(1)));
  vi.advanceTimersByTime(QUIET);
  expect(tell).not.toHaveBeenCalled();
  marker.note(logOf(agents(1)));
  vi.advanceTimersByTime(QUIET);
  marker.note(logOf(agents(1), own(2)));
  vi.advanceTimersByTime(QUIET);
  expect(tell).toHaveBeenCalledOnce();
});

test("what could not be told is told with the next change, and anew on each connection", async () => {
  tell.mockRejectedValueOnce(new Error("lost"));
  marker.note(logOf(agents(1)));
  vi.advanceTimersByTime(QUIET);
  await settled();
  marker.note(logOf(agents(1)));
  vi.advanceTimersByTime(QUIET);
  expect(tell).toHaveBeenCalledTimes(2);
  marker.reset();
  marker.note(logOf(agents(1)));
  vi.advanceTimersByTime(QUIET);
  expect(tell).toHaveBeenCalledTimes(3);
});
