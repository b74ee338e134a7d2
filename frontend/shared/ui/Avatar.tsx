/** A face for a name: its first letters, or the first character of a Chinese name. */
export function Avatar({ name, kind }: { name: string; kind?: "visitor" }) {
  return (
    <span class={kind ? `avatar avatar--${kind}` : "avatar"} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) =>
    first(word ?? ""),
  );
  return letters.join("").toUpperCase();
}

// By code point, so that no character is cut in two.
function first(word: string): string {
  return /^./u.exec(word)?.[0] ?? "";
}
