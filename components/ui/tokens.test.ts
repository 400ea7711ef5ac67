import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

type Palette = Map<string, number>;

// OKLCH → linear sRGB → relative luminance; matrices from https://bottosson.github.io/posts/oklab/
function luminance(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const [red = 0, green = 0, blue = 0] = channels.map((value) => Math.min(1, Math.max(0, value)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function paletteOf(selector: string): Palette {
  const block = new RegExp(`^${selector} \\{([^}]*)\\}`, "m").exec(css)?.[1] ?? "";
  const rows = block.matchAll(/--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g);
  return new Map([...rows].map(([, name = "", l, c, h]) => [name, luminance(Number(l), Number(c), Number(h))]));
}

function contrast(palette: Palette, one: string, other: string): number {
  const [a, b] = [palette.get(one), palette.get(other)];
  if (a === undefined || b === undefined) throw new Error(`globals.css has no --${a === undefined ? one : other}`);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ["bg", "surface", "sunken", "hover"];
const text = [
  ...["ink", "muted", "accent-ink", "accent", "done-ink", "attention-ink", "failed-ink", "progress-ink"].flatMap(
    (ink) => grounds.map((ground) => [ink, ground] as const),
  ),
  ...["accent", "done", "attention", "failed", "progress"].flatMap((tone) => [
    [`${tone}-ink`, `${tone}-soft`] as const,
    ["muted", `${tone}-soft`] as const,
    ["ink", `${tone}-soft`] as const,
  ]),
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-danger", "danger"],
  ["on-danger", "danger-hover"],
] as const;
const edges = ["line-strong", "ring", "accent"].flatMap((edge) => grounds.map((ground) => [edge, ground] as const));

describe.each([":root", "\\.dark"])("the colours of %s", (selector) => {
  const palette = paletteOf(selector);

  it.each(text)("%s on %s can be read (4.5:1)", (ink, ground) => {
    expect(contrast(palette, ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edges)("%s stands out from %s (3:1)", (edge, ground) => {
    expect(contrast(palette, edge, ground)).toBeGreaterThanOrEqual(3);
  });
});
