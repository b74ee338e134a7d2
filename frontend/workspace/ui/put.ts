import { type ComponentChild, render } from "preact";

/** Draws a component in the place the server left for it. */
export function put(component: ComponentChild, id: string): void {
  const place = document.getElementById(id);
  if (!place) return;
  place.textContent = "";
  render(component, place);
}
