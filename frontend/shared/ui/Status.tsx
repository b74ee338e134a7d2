export type StatusName = "online" | "busy" | "away" | "invisible" | "offline";

/** A status by shape and colour, with its word: beside it, or for screen readers and on hover. */
export function Status({ of, word, bare }: { of: StatusName; word: string; bare?: boolean }) {
  const dot = <span class={`status status--${of}`} aria-hidden="true" />;
  if (bare) {
    return (
      <span class="status-line" title={word}>
        {dot}
        <span class="visually-hidden">{word}</span>
      </span>
    );
  }
  return (
    <span class="status-line">
      {dot}
      {word}
    </span>
  );
}
