import type { Status } from "../../shared/protocol.ts";

// Drawn by the browser outside the page, where the tokens do not reach.
const ACCENT = "#3f6ee8";
const BAD = "#c8283d";
const dots: Record<Status, string> = {
  online: "#1a9a55",
  busy: "#c47b08",
  away: "#64748b",
  invisible: "#7c4ddb",
  offline: "#868f9e",
};

/** The tab's icon: a bubble, with the count of what waits or else one's own status. */
export function favicon(count: number, status: Status): string {
  const bubble = `<path fill="${ACCENT}" d="M7 4h18a5 5 0 0 1 5 5v9a5 5 0 0 1-5 5h-9l-7 6v-6H7a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5z"/>`;
  const sign = count > 0 ? badge(count) : dot(status);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${bubble}${sign}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function badge(count: number): string {
  const words = count > 9 ? "9+" : String(count);
  const text = `<text x="22" y="27.5" font-family="sans-serif" font-size="15" font-weight="700" text-anchor="middle" fill="#fff">${words}</text>`;
  return `<circle cx="22" cy="22" r="10" fill="${BAD}"/>${text}`;
}

function dot(status: Status): string {
  const isHollow = status === "offline" || status === "invisible";
  const [fill, edge] = isHollow ? ["#fff", dots[status]] : [dots[status], "#fff"];
  return `<circle cx="24" cy="24" r="7" fill="${fill}" stroke="${edge}" stroke-width="2.5"/>`;
}
