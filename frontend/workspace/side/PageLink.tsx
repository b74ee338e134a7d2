import type { Page } from "../../shared/protocol.ts";
import { pageHint, pageName, safeAddress } from "../ui/names.ts";

/** A page of the website; a link where a browser may open it safely. */
export function PageLink({ page }: { page: Page }) {
  const address = safeAddress(page);
  const name = (
    <span class="cut" dir="auto">
      {pageName(page)}
    </span>
  );
  if (!address) return <span title={pageHint(page)}>{name}</span>;
  return (
    <a
      class="side-link cut"
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      title={pageHint(page)}
    >
      {name}
    </a>
  );
}
