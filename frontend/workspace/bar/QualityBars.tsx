import "./QualityBars.css";

import type { Quality } from "../live/quality.ts";

const heights = [1, 2, 3] as const;
const full: Record<Quality, number> = { excellent: 3, fair: 2, poor: 1, disconnected: 0 };

/** As many bars as the connection is good; none and struck through when it is lost. */
export function QualityBars({ of }: { of: Quality | null }) {
  const bars = of === null ? 0 : full[of];
  return (
    <span class={`quality-bars quality-bars--${of ?? "unknown"}`} aria-hidden="true">
      {heights.map((height) => (
        <span
          key={height}
          class={`quality-bar quality-bar--${height}${height <= bars ? " quality-bar--full" : ""}`}
        />
      ))}
    </span>
  );
}
