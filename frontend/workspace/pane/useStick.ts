import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const NEAR = 40;

/** The first line in sight, and how far it is from the frame's top. */
interface Anchor {
  line: HTMLElement;
  distance: number;
}

/**
 * A log that follows its end while the reader is there, and otherwise keeps what they read where it is,
 * whatever is drawn before or after it. `drawn` changes with every drawing of other lines.
 */
export function useStick(frame: RefObject<HTMLElement>, drawn: unknown, hasMoreBelow: boolean) {
  const [isAtEnd, setAtEnd] = useState(true);
  const stuck = useRef(true);
  const anchor = useRef<Anchor | null>(null);

  function toEnd() {
    const element = frame.current;
    if (element) element.scrollTop = element.scrollHeight;
  }

  function look() {
    const element = frame.current;
    if (!element) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    stuck.current = below < NEAR && !hasMoreBelow;
    anchor.current = anchorIn(element);
    setAtEnd(stuck.current);
  }

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    if (stuck.current && !hasMoreBelow) toEnd();
    else if (anchor.current) restore(element, anchor.current);
    look();
  }, [drawn]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (stuck.current) toEnd();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [frame]);

  /** From now on at the end: at once, or with the next drawing where the end is not drawn yet. */
  function stick() {
    stuck.current = true;
    if (!hasMoreBelow) toEnd();
  }

  return { isAtEnd, look, stick };
}

function anchorIn(frame: HTMLElement): Anchor | null {
  const top = frame.scrollTop;
  const lines = [...frame.children] as HTMLElement[];
  const line = lines.find((each) => each.offsetTop + each.offsetHeight > top);
  return line ? { line, distance: line.offsetTop - top } : null;
}

function restore(frame: HTMLElement, { line, distance }: Anchor): void {
  if (line.isConnected) frame.scrollTop = line.offsetTop - distance;
}
