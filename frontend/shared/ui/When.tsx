import { exact, type Reader, relative } from "../time.ts";
import { now } from "./now.ts";

/** How long ago something was, kept true as time goes by, with the exact time on hover. */
export function When({ at, reader }: { at: Date; reader: Reader }) {
  return (
    <time dateTime={at.toISOString()} title={exact(at, reader)}>
      {relative(at, now.value, reader)}
    </time>
  );
}
