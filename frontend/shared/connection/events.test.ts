import { expect, test } from "vitest";

import { EventReader } from "./events.ts";

test("events are told once they are whole, however they were cut", () => {
  const text =
    ':  \n\nevent: session\ndata: abc\n\nid: 1\ndata: {"a":"b: c"}\n\nevent: close\ndata: 4001\n\n';
  for (const size of [1, 3, 1_000]) {
    const reader = new EventReader();
    const heard = [];
    for (let at = 0; at < text.length; at += size)
      heard.push(...reader.feed(text.slice(at, at + size)));
    expect(heard).toEqual([
      { kind: "session", id: 0, data: "abc" },
      { kind: "message", id: 1, data: '{"a":"b: c"}' },
      { kind: "close", id: 0, data: "4001" },
    ]);
  }
});

test("what was cut half way is not told", () => {
  expect(new EventReader().feed('id: 1\ndata: {"a"')).toEqual([]);
});
