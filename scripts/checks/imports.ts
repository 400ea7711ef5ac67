export type Import = { specifier: string; isTypeOnly: boolean };

const STATIC =
  /^[ \t]*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+|\{[^}]*\}\s*from\s*)?["']([^"'\n]+)["']/gm;
const DYNAMIC = /\b(?:import|require|vi\.mock|vi\.doMock)\(\s*["'`]([^"'`$\n]+)["'`]/g;

/** What a module imports, in whatever form. Works on text: TypeScript 7 offers no parser to JavaScript. */
export function importsOf(source: string): Import[] {
  const found: Import[] = [];
  for (const [, type, specifier] of source.matchAll(STATIC))
    if (specifier) found.push({ specifier, isTypeOnly: Boolean(type) });
  for (const match of source.matchAll(DYNAMIC)) {
    const isTypeOnly = /\btypeof\s*$/.test(source.slice(0, match.index));
    if (match[1]) found.push({ specifier: match[1], isTypeOnly });
  }
  return found;
}
