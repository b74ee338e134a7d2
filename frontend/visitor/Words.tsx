import { piecesOf } from "./links.ts";

/** A text as it was written, its addresses as links. */
export function Words({ of: text }: { of: string }) {
  return (
    <>
      {piecesOf(text).map(({ words, href }) =>
        href ? (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {words}
          </a>
        ) : (
          words
        ),
      )}
    </>
  );
}
