import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** axe's rules that look at colours: what else there is to find on a page is the same in every scheme. */
export const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe calls serious or critical on the page as it stands, each with where; of all its rules unless some are named. */
export async function seriousFaults(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
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
