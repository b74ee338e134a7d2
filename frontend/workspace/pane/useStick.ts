import { type RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const NEAR = 40;

interface Place {
  height: number;
  top: number;
}

/**
 * A log that follows its end while the reader is there, and otherwise stays where they read: also when
 * earlier lines are put before, or the frame changes its size.
 */
export function useStick(frame: RefObject<HTMLElement>, first: string, last: string) {
  const [isAtEnd, setAtEnd] = useState(true);
  const stuck = useRef(true);
  const before = useRef<Place & { first: string }>({ height: 0, top: 0, first });

  function toEnd() {
    const element = frame.current;
    if (element) element.scrollTop = element.scrollHeight;
  }

  function look() {
    const element = frame.current;
    if (!element) return;
    stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    before.current = { height: element.scrollHeight, top: element.scrollTop, first };
    setAtEnd(stuck.current);
  }

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const { height, top, first: firstBefore } = before.current;
    if (stuck.current) toEnd();
    else if (firstBefore !== first) element.scrollTop = top + element.scrollHeight - height;
    look();
  }, [first, last]);

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

  return { isAtEnd, look, jump: toEnd };
}
