/** One event of a stream, as the server writes it. */
export interface StreamEvent {
  kind: string;
  id: number;
  data: string;
}

/** Cuts what comes into whole events; what is left of a stream that was cut is not told. */
export class EventReader {
  private rest = "";

  feed(text: string): StreamEvent[] {
    const parts = (this.rest + text).split("\n\n");
    this.rest = parts.pop() ?? "";
    return parts.map(parse).filter((event) => event !== null);
  }
}

function parse(text: string): StreamEvent | null {
  // A comment fills the beginning of a stream.
  if (text.startsWith(":")) return null;
  const event = { kind: "message", id: 0, data: "" };
  for (const line of text.split("\n")) {
    const at = line.indexOf(":");
    const value = line.slice(at + 1).replace(/^ /, "");
    if (line.startsWith("event")) event.kind = value;
    else if (line.startsWith("id")) event.id = Number(value);
    else event.data = value;
  }
  return event;
}
