import "./Splitter.css";

import { t, type TextKey } from "../texts/index.ts";

interface Props {
  name: TextKey;
  /** Which way the edge lies: a lying one changes a height, a standing one a width. */
  lies: "across" | "down";
  value: number;
  least: number;
  most: number;
  /** Whether the pane it belongs to comes after it. */
  isAtEnd?: boolean;
  onChange: (value: number) => void;
}

const STEP = 16;

/** An edge between two panes, dragged by mouse or finger, or moved by the arrow keys. */
export function Splitter({ name, lies, value, least, most, isAtEnd, onChange }: Props) {
  const put = (to: number) => {
    onChange(Math.round(Math.max(least, Math.min(most, to))));
  };
  const isMirrored = lies === "down" && document.documentElement.dir === "rtl";
  const sign = isMirrored !== !!isAtEnd ? -1 : 1;
  const place = (event: PointerEvent) => (lies === "across" ? event.clientY : event.clientX) * sign;

  function drag(event: PointerEvent & { currentTarget: HTMLElement }) {
    const { currentTarget: edge, pointerId } = event;
    const from = place(event);
    edge.setPointerCapture(pointerId);
    edge.onpointermove = (moved) => {
      put(value + place(moved) - from);
    };
    edge.onpointerup = edge.onpointercancel = () => {
      edge.onpointermove = null;
    };
    event.preventDefault();
  }

  function step(event: KeyboardEvent) {
    const keys = lies === "across" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const at = keys.indexOf(event.key);
    if (at < 0) return;
    put(value + (at === 0 ? -STEP : STEP) * sign);
    event.preventDefault();
  }

  return (
    <div
      class={`splitter splitter--${lies}`}
      role="separator"
      aria-label={t(name)}
      aria-orientation={lies === "across" ? "horizontal" : "vertical"}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={step}
    />
  );
}
