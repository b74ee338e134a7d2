import { defineConfig } from "vitest/config";

import { iconImports } from "./tools/icons.ts";

export default defineConfig({
  plugins: [iconImports()],
  test: {
    environment: "happy-dom",
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["dist", "node_modules"],
  },
});
