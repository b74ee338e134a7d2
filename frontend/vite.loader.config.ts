import { defineConfig } from "vite";

import { iconImports } from "./tools/icons.ts";

/**
 * Names of properties that only the loader's own code says: shortened, which no compression does as well.
 * None of them may be known to a browser, to the window or to the server.
 */
export const OWN_NAMES = [
  "addressOf",
  "appear",
  "arrived",
  "awaited",
  "become",
  "begin",
  "cancel",
  "carryOut",
  "corner",
  "deliver",
  "dial",
  "ending",
  "expectAnswer",
  "failures",
  "fetching",
  "following",
  "forget",
  "greet",
  "hearRefusal",
  "heard",
  "identity",
  "inherited",
  "isDue",
  "isNewTab",
  "isOutdated",
  "isSettled",
  "isShown",
  "isTalking",
  "isUnwelcome",
  "lastRef",
  "leave",
  "lose",
  "makeFrame",
  "marker",
  "memory",
  "needLine",
  "notBefore",
  "noteRefusal",
  "openedAt",
  "opening",
  "outbox",
  "planBeat",
  "prefix",
  "present",
  "queueOf",
  "refused",
  "rest",
  "resume",
  "resumeSoon",
  "retryAfter",
  "settle",
  "socket",
  "storage",
  "takeAnswer",
  "tick",
  "timers",
  "told",
  "unwelcome",
  "updateOf",
  "viewPage",
  "weigh",
];

// The script on customers' sites: one file, one fixed name, no dependency, browsers from 2021 on.
export default defineConfig({
  publicDir: false,
  plugins: [iconImports()],
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: ["chrome91", "edge91", "firefox79", "safari14.1"],
    lib: {
      entry: "loader/main.ts",
      formats: ["iife"],
      name: "ParleyLoader",
      fileName: () => "loader.js",
    },
    rolldownOptions: {
      output: {
        minify: {
          compress: true,
          mangle: true,
          codegen: true,
          mangleProps: { include: new RegExp(`^(${OWN_NAMES.join("|")})$`) },
        },
      },
    },
  },
});
