import { computed, effect, signal } from "@preact/signals";

import * as model from "../model/panes.ts";
import { recall, remember } from "./storage.ts";

const NARROWEST = 360;
const BESIDE = 340;

export const panes = signal<model.Panes>(recall("panes", model.none));
export const width = signal(innerWidth);
export const height = signal(innerHeight);
/** On a phone one thing at a time: the lists, or a conversation. */
export const isConversationInFront = signal(false);

export const isPhone = computed(() => width.value <= 640);
export const room = computed(() =>
  Math.min(4, Math.max(1, Math.floor((width.value - BESIDE) / NARROWEST))),
);
export const shown = computed(() => model.visible(panes.value, room.value));

addEventListener("resize", () => {
  width.value = innerWidth;
  height.value = innerHeight;
});

effect(() => {
  remember("panes", panes.value);
});

export function show(id: number): void {
  panes.value = model.show(panes.value, id);
  isConversationInFront.value = true;
}

export function showBeside(id: number): void {
  panes.value = model.beside(panes.value, id, room.value);
  isConversationInFront.value = true;
}

export function activate(id: number): void {
  if (panes.value.active !== id) panes.value = { ...panes.value, active: id };
}

export function close(id: number): void {
  panes.value = model.close(panes.value, id);
  isConversationInFront.value = false;
}

/** On a phone: from the conversation to the lists; it stays open behind them. */
export function goBack(): void {
  isConversationInFront.value = false;
}

export function isOpen(id: number): boolean {
  return panes.value.open.includes(id);
}
