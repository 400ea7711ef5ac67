import type { Page } from "@playwright/test";

/** Where the link of that kind leads ("/offer/…") in the newest letter to this address: others are sent letters at the same time. The mailbox is open already. */
export async function linkTo(page: Page, email: string, kind: "invite" | "offer"): Promise<string> {
  const link = `a[contains(@href,'/${kind}/')]`;
  const letter = page.getByText(`to ${email}`).first().locator(`xpath=ancestor::div[.//${link}][1]`);
  const href = await letter.locator(`xpath=.//${link}`).first().getAttribute("href");
  return new URL(href ?? "", page.url()).pathname;
}
