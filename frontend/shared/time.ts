const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Where and how a person reads times. */
export interface Reader {
  language: string;
  timeZone: string;
}

/** "now", "3 min. ago", "5 hr. ago"; from a day on the date. Show `exact` on hover. */
export function relative(at: Date, now: Date, reader: Reader): string {
  const age = now.getTime() - at.getTime();
  if (age >= DAY) return date(at, now, reader);
  const format = new Intl.RelativeTimeFormat(reader.language, { numeric: "auto", style: "short" });
  if (age < MINUTE) return format.format(0, "second");
  if (age < HOUR) return format.format(-Math.floor(age / MINUTE), "minute");
  return format.format(-Math.floor(age / HOUR), "hour");
}

/** Day and time to the second, with the zone's name. */
export function exact(at: Date, { language, timeZone }: Reader): string {
  const format = { dateStyle: "long", timeStyle: "long", timeZone } as const;
  return formatOf(language, format).format(at);
}

/** Hour and minute, for lines of a log. */
export function clock(at: Date, { language, timeZone }: Reader): string {
  const format = { timeStyle: "short", timeZone } as const;
  return formatOf(language, format).format(at);
}

/** The day; with its year once that is another one. */
export function date(at: Date, now: Date, reader: Reader): string {
  const { language, timeZone } = reader;
  const sameYear = yearOf(at, timeZone) === yearOf(now, timeZone);
  const format = { month: "short", day: "numeric", timeZone } as const;
  const withYear = { ...format, year: "numeric" } as const;
  return formatOf(language, sameYear ? format : withYear).format(at);
}

/** A key that two moments of one day share: where a log draws a rule between days. */
export function dayOf(at: Date, timeZone: string): string {
  return formatOf("en-CA", { timeZone }).format(at);
}

/** A length of time as a running clock: 0:42, 12:05, 1:02:05. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / SECOND));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : pad(part))).join(":");
}

/** A length of time in words, to the minute from one on: 40 sec, 3 min, 2 hr. */
export function duration(milliseconds: number, { language }: Reader): string {
  const [unit, size] =
    milliseconds < MINUTE
      ? ["second", SECOND]
      : milliseconds < HOUR
        ? ["minute", MINUTE]
        : ["hour", HOUR];
  const format = { style: "unit", unit, unitDisplay: "short" } as const;
  const count = Math.max(1, Math.floor(milliseconds / size));
  return new Intl.NumberFormat(language, format).format(count);
}

/** A number as the reader's language groups it: 120,344. */
export function number(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

// Making one takes many times as long as using it, and long lists use hundreds.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, format);
  return format;
}

function yearOf(at: Date, timeZone: string): string {
  return dayOf(at, timeZone).slice(0, 4);
}

function pad(part: number): string {
  return String(part).padStart(2, "0");
}
