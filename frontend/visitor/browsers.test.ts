import { expect, test } from "vitest";

// What a browser does not know by itself, the build cannot bring: Safari 15.0 and the WeChat of its time.
const TOO_NEW =
  /\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced)\(|\b(structuredClone|Object\.(hasOwn|groupBy)|Promise\.withResolvers)\b/;

const sources = import.meta.glob<string>(
  ["./**/*.{ts,tsx}", "../loader/**/*.ts", "../shared/**/*.{ts,tsx}", "!../**/*.test.*"],
  { eager: true, query: "?raw", import: "default" },
);

test("the sources are found", () => {
  expect(Object.keys(sources)).toEqual(
    expect.arrayContaining(["./main.tsx", "../loader/session.ts", "../shared/ui/Avatar.tsx"]),
  );
});

test.each(Object.keys(sources))("%s asks for nothing that Safari 15 does not have", (path) => {
  expect(sources[path]?.match(TOO_NEW)?.[0]).toBeUndefined();
});
