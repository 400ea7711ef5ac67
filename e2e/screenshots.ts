import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { configuration } from "../scripts/server/configuration";
import { fail, inProject } from "../scripts/server/project";
import { readRuntime } from "../scripts/server/runtime-file";
import { browserPath } from "./browser";
import { enterDemo, findIds, offerTo } from "./demo";
import { addressOf, pagePatterns } from "./page-list";
import { bookAs, chooseTime } from "./visitor";

/** Pictures every page of the running server's demo, in light and dark, wide and narrow. */
const { values } = parseArgs({ options: { out: { type: "string", default: "test-results/screenshots" } } });
const runtime = readRuntime(configuration().dataDir);
if (!runtime) fail("Caly is not running here: npm start first, in another terminal.");
const out = inProject(values.out);
mkdirSync(out, { recursive: true });
const executablePath = await browserPath();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] });
const context = await browser.newContext({ baseURL: runtime.baseUrl });
const page = await context.newPage();
const slug = await enterDemo(page);
const found = { ...(await findIds(page, slug)), offer: await offerTo(page, slug, "Somebody Waiting") };
await chooseTime(page, slug);
const ids = { ...found, book: slug, "[org]": "haircut", manage: await bookAs(page, "Somebody with a link") };
for (const pattern of pagePatterns()) {
  const address = addressOf(pattern, ids);
  if (!address || pattern === "/sign-out") continue;
  for (const colorScheme of ["light", "dark"] as const)
    for (const [width, height] of [
      [1280, 900],
      [390, 844],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.goto(address);
      await page.waitForTimeout(600);
      const name = pattern.replace(/^\//, "").replace(/[^a-z]+/g, "-") || "home";
      await page.screenshot({ path: `${out}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
}
await browser.close();
