import { beforeEach, expect, test, vi } from "vitest";

import { PROTOCOL_VERSION } from "../shared/protocol.ts";
import { renew } from "./newer.ts";
import { say } from "./testing.tsx";

beforeEach(() => {
  sessionStorage.clear();
});

test("a window that meets a newer server loads itself anew, once", () => {
  const reload = vi.fn();
  say({ version: "another" });
  renew(reload);
  renew(reload);
  expect(reload).toHaveBeenCalledOnce();
  say({ version: "yet another" });
  renew(reload);
  expect(reload).toHaveBeenCalledTimes(2);
});

test.each(["", PROTOCOL_VERSION])("with version '%s' it stays", (version) => {
  const reload = vi.fn();
  say({ version });
  renew(reload);
  expect(reload).not.toHaveBeenCalled();
});

test("where nothing can be remembered it stays, rather than loading itself for ever", () => {
  const forbidden = vi.spyOn(window, "sessionStorage", "get").mockImplementation(() => {
    throw new DOMException("forbidden", "SecurityError");
  });
  const reload = vi.fn();
  say({ version: "another" });
  renew(reload);
  expect(reload).not.toHaveBeenCalled();
  forbidden.mockRestore();
});
