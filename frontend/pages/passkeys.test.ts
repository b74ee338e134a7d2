import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { startPasskeys } from "./passkeys.ts";

const options = {
  challenge: "AQID",
  user: { id: "AQ", name: "alice", displayName: "Alice" },
  excludeCredentials: [{ id: "BA", transports: ["usb"] }],
  allowCredentials: [{ id: "BA" }],
};

const form = () => document.querySelector("form")!;
const button = () => document.querySelector("button")!;
const told = () => document.querySelector<HTMLElement>("[data-passkey-trouble]")!;
const field = () => document.querySelector<HTMLInputElement>("[name=credential]")!;

function draw(deed: string): void {
  document.body.innerHTML = `<form data-passkey="${deed}">
    <input name="name" value="Laptop" required><input type="hidden" name="credential">
    <p data-passkey-trouble hidden></p><button type="button" data-passkey-button>Add</button></form>`;
  const script = document.createElement("script");
  script.type = "application/json";
  script.id = "passkey-options";
  script.textContent = JSON.stringify(options);
  document.body.append(script);
}

const credentials = { create: vi.fn(), get: vi.fn() };

beforeEach(() => {
  vi.stubGlobal("PublicKeyCredential", vi.fn());
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("navigator", { credentials });
  credentials.create.mockReset();
  credentials.get.mockReset();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

test("a new key is sent with its name, in letters", async () => {
  draw("create");
  const send = vi.spyOn(form(), "requestSubmit").mockImplementation(() => undefined);
  credentials.create.mockResolvedValue({
    id: "BQ",
    rawId: bytes(5),
    type: "public-key",
    response: {
      clientDataJSON: bytes(1),
      attestationObject: bytes(2),
      getTransports: () => ["internal"],
    },
  });
  startPasskeys(document);
  button().click();
  await vi.waitFor(() => {
    expect(send).toHaveBeenCalledOnce();
  });
  expect(JSON.parse(field().value)).toEqual({
    id: "BQ",
    rawId: "BQ",
    type: "public-key",
    response: { clientDataJSON: "AQ", attestationObject: "Ag", transports: ["internal"] },
  });
  const asked = credentials.create.mock.calls[0]![0] as CredentialCreationOptions;
  expect(asked.publicKey?.challenge).toEqual(Uint8Array.of(1, 2, 3));
  expect(asked.publicKey?.excludeCredentials).toEqual([
    { id: Uint8Array.of(4), type: "public-key", transports: ["usb"] },
  ]);
});

test("without a name the browser is not asked", () => {
  draw("create");
  startPasskeys(document);
  document.querySelector<HTMLInputElement>("[name=name]")!.value = "";
  button().click();
  expect(credentials.create).not.toHaveBeenCalled();
});

test("what a key has signed is sent", async () => {
  draw("get");
  const send = vi.spyOn(form(), "requestSubmit").mockImplementation(() => undefined);
  credentials.get.mockResolvedValue({
    id: "BQ",
    rawId: bytes(5),
    type: "public-key",
    response: {
      clientDataJSON: bytes(1),
      authenticatorData: bytes(2),
      signature: bytes(3),
      userHandle: null,
    },
  });
  startPasskeys(document);
  button().click();
  await vi.waitFor(() => {
    expect(send).toHaveBeenCalledOnce();
  });
  expect(JSON.parse(field().value)).toMatchObject({
    response: { authenticatorData: "Ag", signature: "Aw", userHandle: null },
  });
});

test.each([
  ["NotAllowedError", "cancelled"],
  ["InvalidStateError", "added already"],
  ["SecurityError", "at this address"],
  ["UnknownError", "did not work"],
])("%s is told in words, and one can try again", async (name, words) => {
  draw("create");
  credentials.create.mockRejectedValue(new DOMException("x", name));
  startPasskeys(document);
  button().click();
  await vi.waitFor(() => {
    expect(told().hidden).toBe(false);
  });
  expect(told().textContent).toContain(words);
  expect(button().hasAttribute("aria-busy")).toBe(false);
  expect(button().disabled).toBe(false);
});

test("a browser that has no passkeys, or a page without https, is told so", () => {
  vi.stubGlobal("isSecureContext", false);
  draw("create");
  startPasskeys(document);
  expect(button().disabled).toBe(true);
  expect(told().textContent).toContain("https");
});
