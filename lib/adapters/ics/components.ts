/** One property: `DTSTART;TZID=Europe/Paris:20261124T090000`. Names and parameter names are in capitals. */
export type Property = { name: string; parameters: ReadonlyMap<string, string>; value: string };

/** `isClosed`: whether its END was there; a file that was cut off lacks it. */
export type Component = { name: string; isClosed: boolean; properties: Property[]; children: Component[] };

const DEEPEST = 10;

/**
 * The components of a calendar file (RFC 5545 §3.1), as they are nested. Lines that are no property are left out, an END that closes
 * nothing too; what is not closed ends with the file, or where the next of its kind begins.
 */
export function readComponents(text: string): Component[] {
  const root: Component = { name: "", isClosed: false, properties: [], children: [] };
  const open = [root];
  for (const line of unfold(text)) {
    const property = readProperty(line);
    if (!property) continue;
    const name = property.value.trim().toUpperCase();
    const same =
      property.name === "BEGIN" || property.name === "END" ? open.findLastIndex((each) => each.name === name) : 0;
    if (same > 0) {
      const [closed] = open.splice(same);
      if (closed && property.name === "END") closed.isClosed = true;
    }
    const inside = open.at(-1) ?? root;
    if (property.name === "BEGIN") {
      const component = { name, isClosed: false, properties: [], children: [] };
      if (open.length < DEEPEST) inside.children.push(component);
      open.push(component);
    } else if (property.name !== "END") inside.properties.push(property);
  }
  return root.children;
}

/** Logical lines: a line that begins with a space or a tab continues the one before. Any kind of line end is one. */
function* unfold(text: string): Generator<string, void> {
  let pieces: string[] = [];
  // trimStart takes a byte order mark too.
  for (const line of text.trimStart().split(/\r\n|\n|\r/)) {
    if (pieces.length > 0 && (line.startsWith(" ") || line.startsWith("\t"))) pieces.push(line.slice(1));
    else {
      if (pieces.length > 0) yield pieces.join("");
      pieces = [line];
    }
  }
  yield pieces.join("");
}

const NAME = /^[\w-]+/;

function readProperty(line: string): Property | undefined {
  const name = NAME.exec(line)?.[0];
  if (name === undefined) return undefined;
  const parameters = new Map<string, string>();
  let at = name.length;
  while (line[at] === ";") {
    const end = endOfParameter(line, at + 1);
    const [key = "", ...value] = line.slice(at + 1, end).split("=");
    parameters.set(key.trim().toUpperCase(), value.join("=").replaceAll('"', "").trim());
    at = end;
  }
  return line[at] === ":" ? { name: name.toUpperCase(), parameters, value: line.slice(at + 1) } : undefined;
}

/** Where the next parameter or the value begins: the first `;` or `:` outside quotes. */
function endOfParameter(line: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < line.length; at++) {
    const character = line[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === ";" || character === ":")) return at;
  }
  return line.length;
}

export const propertiesOf = (component: Component, name: string): Property[] =>
  component.properties.filter((property) => property.name === name);

export const textOf = (component: Component, name: string): string | undefined =>
  component.properties.find((property) => property.name === name)?.value.trim();
