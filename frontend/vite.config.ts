import { defineConfig } from "vite";

import { iconImports, iconSprite } from "./tools/icons.ts";

// Parley's own pages, in browsers back to 2021. The manifest tells Django the hashed names.
export default defineConfig({
  base: "/static/",
  publicDir: "public",
  plugins: [iconImports(), iconSprite()],
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: ["chrome90", "edge90", "firefox90", "safari15"],
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        bar: "workspace/bar.tsx",
        check: "check/main.tsx",
        pages: "pages/main.ts",
        line: "visitor/line.ts",
        visitor: "visitor/main.tsx",
        workspace: "workspace/main.tsx",
      },
    },
  },
});
