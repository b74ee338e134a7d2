import { beforeEach, expect, test } from "vitest";

import { Store } from "../shared/connection/store.ts";
import { fakeStorage } from "../shared/connection/testing.ts";
import { Identity } from "./identity.ts";

/** As the server writes it: who, when it was signed, signature. */
const tokenOf = (visitor: string, signed = "1aaaaa") => `10000001.${visitor}:${signed}:s`;

let storage: Storage;
beforeEach(() => {
  storage = fakeStorage();
});

const tab = (from: Storage | null = storage) => new Identity(new Store(from, "parley:"));
const kept = () => storage.getItem("parley:visitor");

test("a visitor without a token is somebody new, and keeps the one they are given", () => {
  const identity = tab();
  expect(identity.present()).toBe("");
  expect(identity.accept(tokenOf("vera"))).toBe(true);
  expect(kept()).toBe(tokenOf("vera"));
});

test("on the next page the visitor is the same", () => {
  tab().accept(tokenOf("vera"));
  expect(tab().present()).toBe(tokenOf("vera"));
});

test("a renewed token takes the place of the old one", () => {
  const identity = tab();
  identity.accept(tokenOf("vera"));
  identity.present();
  expect(identity.accept(tokenOf("vera", "1bbbbb"))).toBe(true);
  expect(kept()).toBe(tokenOf("vera", "1bbbbb"));
});

test("a token that the server refused is forgotten", () => {
  storage.setItem("parley:visitor", "forged");
  const identity = tab();
  identity.present();
  identity.forget();
  expect(kept()).toBeNull();
  expect(identity.present()).toBe("");
});

test("a tab whose old token is refused takes the new one that another tab was given", () => {
  storage.setItem("parley:visitor", tokenOf("old"));
  const late = tab();
  late.present();
  storage.setItem("parley:visitor", tokenOf("vera"));
  late.forget();
  expect(late.present()).toBe(tokenOf("vera"));
});

test("of two tabs that come at once as somebody new, the second becomes the first's visitor", () => {
  const [one, two] = [tab(), tab()];
  one.present();
  two.present();
  expect(one.accept(tokenOf("vera"))).toBe(true);
  expect(two.accept(tokenOf("stranger"))).toBe(false);
  expect(two.present()).toBe(tokenOf("vera"));
});

test("a tab sees that another has become somebody else, but a renewed token is nobody else", () => {
  const [one, two] = [tab(), tab()];
  one.accept(tokenOf("vera"));
  two.present();
  two.accept(tokenOf("vera", "1bbbbb"));
  expect(one.isOutdated()).toBe(false);
  storage.setItem("parley:visitor", tokenOf("walter"));
  expect(one.isOutdated()).toBe(true);
});

test("a website that clears its storage under way changes nobody", () => {
  const identity = tab();
  identity.accept(tokenOf("vera"));
  storage.removeItem("parley:visitor");
  expect(identity.isOutdated()).toBe(false);
  expect(identity.present()).toBe(tokenOf("vera"));
  identity.accept(tokenOf("vera"));
  expect(kept()).toBe(tokenOf("vera"));
});

test("without storage a visitor is the same as long as the page lives", () => {
  const identity = tab(null);
  identity.accept(tokenOf("vera"));
  expect(identity.present()).toBe(tokenOf("vera"));
});
