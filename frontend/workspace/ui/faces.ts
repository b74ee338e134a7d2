import { pictureUrl } from "../../shared/ui/Avatar.tsx";
import { page } from "../store/page.ts";
import { workspace } from "../store/state.ts";

/** The address of a colleague's picture, or of one's own, as it is now. */
export function faceOf(agent: number | null | undefined): string | undefined {
  const known = agent ? workspace.value.agents.get(agent) : undefined;
  return pictureUrl(page.urls.pictures, known?.picture);
}
