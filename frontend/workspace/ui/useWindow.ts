import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

const OVERSCAN = 6;

interface View {
  top: number;
  height: number;
}

/** Which of many equally high rows are worth drawing, as the frame scrolls and changes its size. */
export function useWindow(frame: RefObject<HTMLElement>, count: number, rowHeight: number) {
  const [view, setView] = useState<View>({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => {
      setView({ top: element.scrollTop, height: element.clientHeight });
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [frame]);
  return windowOf(view, count, rowHeight);
}

export function windowOf({ top, height }: View, count: number, rowHeight: number) {
  const page = Math.max(1, Math.floor(height / rowHeight));
  const from = Math.max(0, Math.min(Math.floor(top / rowHeight) - OVERSCAN, count - page));
  return { from, to: Math.min(count, from + page + 2 * OVERSCAN + 1), page };
}
