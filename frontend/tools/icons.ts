import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Plugin } from "vite";

export type IconNode = [tag: string, attributes: Record<string, string>];

const PREFIX = "icon:";
const NODES = "../node_modules/@tabler/icons/tabler-nodes-outline.json";
const NAMED_IN = [
  "../templates/**/*.html",
  "../*/templates/**/*.html",
  "../*/settings_pages.py",
  "../config/console/words.py",
];

/** Tabler's icons one by one: a script says `import send from "icon:send"`. */
export function iconImports(): Plugin {
  return {
    name: "icon-imports",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      return `export default ${JSON.stringify(nodesOf(id.slice(PREFIX.length + 1)))}`;
    },
  };
}

/** The icons that templates name with `{% icon "send" %}` and settings pages with `icon="send"`, and no others, in
 * `icons.json`. */
export function iconSprite(): Plugin {
  let root = ".";
  return {
    name: "icon-sprite",
    configResolved(config) {
      root = config.root;
    },
    generateBundle() {
      const files = NAMED_IN.flatMap((pattern) => globSync(pattern, { cwd: root }));
      const names = files.flatMap((file) => namesIn(readFileSync(resolve(root, file), "utf8")));
      const sprite = [...new Set(names)].sort().map((name) => [name, markup(nodesOf(name))]);
      const source = JSON.stringify(Object.fromEntries(sprite), null, 1);
      this.emitFile({ type: "asset", fileName: "icons.json", source });
    },
  };
}

export function namesIn(text: string): string[] {
  return [...text.matchAll(/(?:\{% icon |\bicon=)["']([a-z0-9-]+)["']/g)].map(
    (match) => match[1] ?? "",
  );
}

export function markup(nodes: IconNode[]): string {
  return nodes.map(([tag, attributes]) => `<${tag}${attributesOf(attributes)}/>`).join("");
}

function attributesOf(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
}

export function nodesOf(name: string): IconNode[] {
  const nodes = allNodes()[name];
  if (!nodes) throw new Error(`Tabler has no icon "${name}"`);
  return nodes;
}

let cached: Record<string, IconNode[]> | undefined;

function allNodes(): Record<string, IconNode[]> {
  cached ??= JSON.parse(readFileSync(join(import.meta.dirname, NODES), "utf8")) as Record<
    string,
    IconNode[]
  >;
  return cached;
}
