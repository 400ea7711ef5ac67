import { expect, test } from "vitest";
import { slugCandidates, slugFrom } from "./slug";

test.each([
  ["Harbour Salon", "harbour-salon"],
  ["Café Ümlaut & Sons", "cafe-umlaut-sons"],
  ["O'Neill’s  Barbers!", "oneills-barbers"],
  ["  --  ", "business"],
  ["美容院", "business"],
  ["new", "new-business"],
  ["x".repeat(90), "x".repeat(48)],
  [`${"ab ".repeat(30)}`, "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab"],
])("the name %j lives at %s", (name, slug) => {
  expect(slugFrom(name)).toBe(slug);
});

test("every candidate is an address the database accepts", () => {
  for (const name of ["A", "İstanbul Kuaför", "1.2.3", "-a-", `${"long name ".repeat(9)}`])
    for (const slug of slugCandidates(name, "k3x9")) expect(slug).toMatch(/^[a-z0-9](-?[a-z0-9]){0,62}$/);
});
