/** A UUID, also where `randomUUID` is missing: older browsers and pages without HTTPS. */
export function newName(source: Crypto = crypto): string {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
  return source.randomUUID
    ? source.randomUUID()
    : fromBytes(source.getRandomValues(new Uint8Array(16)));
}

function fromBytes(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
