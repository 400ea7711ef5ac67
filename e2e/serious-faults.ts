import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** axe's rules that look at colours: what else there is to find on a page is the same in every scheme. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe calls serious or critical on the page as it stands, each with where: by all its rules in light, by those of colours in dark. */
export async function seriousFaults(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (colorScheme === "dark" ? axe.withRules(COLOUR_RULES) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(" "))
          .slice(0, 3)
          .join(" | ")}`,
    );
}
