import { defineConfig } from "vite";

import { iconImports } from "./tools/icons.ts";

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
  },
});
