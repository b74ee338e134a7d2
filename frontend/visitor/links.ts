/** A piece of a text; with an address it is a link. */
export interface Piece {
  words: string;
  href?: string;
}

const LINKS =
  /\b(?:https?:\/\/[^\s<>"'）】」』，。；！？]+|(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)/g;
// What ends a sentence does not belong to the address in it.
const TAIL = /[.,;:!?)\]]+$/;

/** Finds web and mail addresses. All else stays words: nothing is ever read as markup. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(LINKS)) {
    const words = found.replace(TAIL, "");
    pieces.push({ words: text.slice(done, index) }, { words, href: addressOf(words) });
    done = index + words.length;
  }
  return [...pieces, { words: text.slice(done) }].filter((piece) => piece.words);
}

function addressOf(words: string): string {
  return /^(https?|mailto):/.test(words) ? words : `mailto:${words}`;
}
