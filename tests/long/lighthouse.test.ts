import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import { afterAll, beforeAll, expect, it } from "vitest";
import { browserPath } from "@/e2e/browser";
import { freePort } from "../free-port";
import { startCaly, temporaryFolder } from "../server/start";

const RUNS = 5;
const folder = temporaryFolder();
let caly: Awaited<ReturnType<typeof startCaly>>;

beforeAll(async () => {
  caly = await startCaly(folder.path);
}, 300_000);

afterAll(async () => {
  caly.process.kill("SIGTERM");
  await caly.exit;
  folder.remove();
});

/** Lighthouse's own default: a middling phone on a slow mobile network, simulated. */
it("the booking page scores at least 95 for performance", async () => {
  const port = await freePort();
  const executablePath = await browserPath();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--no-sandbox", "--disable-dev-shm-usage", `--remote-debugging-port=${port}`],
  });
  const medians: Record<string, number> = {};
  for (const path of ["", "/haircut"]) {
    const url = `${caly.url}/book/marlowe-finch-hair${path}`;
    await fetch(url);
    const scores: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const result = await lighthouse(url, { port, onlyCategories: ["performance"], logLevel: "error" });
      const { categories, audits } = result?.lhr ?? {};
      scores.push(Math.round((categories?.performance?.score ?? 0) * 100));
      const said = [
        "first-contentful-paint",
        "largest-contentful-paint",
        "total-blocking-time",
        "cumulative-layout-shift",
      ];
      console.log(
        `${path || "/"} ${scores.at(-1)}`,
        said.map((id) => `${id} ${audits?.[id]?.displayValue}`).join(", "),
      );
    }
    medians[path || "/"] = scores.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  }
  await browser.close();
  console.log("median scores", medians);
  for (const [path, score] of Object.entries(medians)) expect(score, path).toBeGreaterThanOrEqual(95);
});
