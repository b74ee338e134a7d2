import { expect, test } from "vitest";

import { Store } from "./store.ts";
import { fakeStorage } from "./testing.ts";

const full = () =>
  Object.assign(fakeStorage(), {
    setItem() {
      throw new DOMException("full", "QuotaExceededError");
    },
  });

test("values are kept under the prefix", () => {
  const storage = fakeStorage();
  storage.setItem("site", "its own");
  new Store(storage, "parley:1:").set("token", "t");
  expect(storage.getItem("parley:1:token")).toBe("t");
  const again = new Store(storage, "parley:1:");
  expect(again.get("token")).toBe("t");
  expect(again.keys()).toEqual(["token"]);
  again.remove("token");
  expect(again.get("token")).toBeNull();
  expect(storage.getItem("site")).toBe("its own");
});

test.each([
  ["full", full],
  ["forbidden", () => null],
])("a %s storage is replaced by memory", (_, make) => {
  const store = new Store(make(), "parley:1:");
  store.set("token", "t");
  expect(store.get("token")).toBe("t");
  expect(store.keys()).toEqual(["token"]);
  store.remove("token");
  expect(store.keys()).toEqual([]);
});

test("a value that no longer fits hides the older one", () => {
  const storage = fakeStorage();
  const store = new Store(storage, "");
  store.set("draft", "old");
  Object.assign(storage, full());
  store.set("draft", "new");
  expect(store.get("draft")).toBe("new");
});
