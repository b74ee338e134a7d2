import { effect } from "@preact/signals";
import { render } from "preact";

import { Avatar } from "../../shared/ui/Avatar.tsx";
import { workspace } from "../store/state.ts";
import { faceOf } from "../ui/faces.ts";

/** One's name and picture in the top bar, which the server drew, become what they are now. */
export function startOwn(): void {
  effect(() => {
    const { me } = workspace.value;
    if (!me) return;
    document.querySelectorAll("[data-own-name]").forEach((place) => {
      if (place.textContent !== me.name) place.textContent = me.name;
    });
    const face = document.getElementById("own-face");
    if (face) render(<Avatar name={me.name} kind="small" src={faceOf(me.id)} />, face);
  });
}
