import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist/", "node_modules/", "shared/protocol.ts"] },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Content is text: use textContent or Preact." },
        { property: "outerHTML", message: "Content is text: use textContent or Preact." },
        { property: "insertAdjacentHTML", message: "Content is text: use textContent or Preact." },
      ],
    },
  },
  {
    // Tests build their small pages from fixed text, and may insist that something is there.
    files: ["**/*.test.{ts,tsx}"],
    rules: {
      "no-restricted-properties": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
