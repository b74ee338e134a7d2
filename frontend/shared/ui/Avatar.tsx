interface Props {
  name: string;
  kind?: "visitor" | "small";
  /** Where the picture is, if there is one. */
  src?: string | undefined;
}

/** A face: a picture, else the first letters of the name, or the first character of a Chinese one. */
export function Avatar({ name, kind, src }: Props) {
  return (
    <span class={kind ? `avatar avatar--${kind}` : "avatar"} aria-hidden="true">
      {src ? <img src={src} alt="" /> : initials(name)}
    </span>
  );
}

/** The address of a stored picture in the size for faces; nothing for an empty name. */
export function pictureUrl(folder: string, name: string | undefined): string | undefined {
  return name ? `${folder}${name}-64.webp` : undefined;
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
