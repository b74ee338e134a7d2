import { defineConfig } from "vite";

import { iconImports } from "./tools/icons.ts";

// The script on customers' sites: one file, one fixed name, no dependency, older browsers too.
export default defineConfig({
  publicDir: false,
  plugins: [iconImports()],
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: ["es2019", "chrome80", "firefox78", "safari13"],
    lib: {
      entry: "loader/main.ts",
      formats: ["iife"],
      name: "ParleyLoader",
      fileName: () => "loader.js",
    },
  },
});
