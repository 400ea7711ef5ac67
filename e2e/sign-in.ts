import { expect, type Page } from "@playwright/test";

/** Signs in as a person would: asks for a code, reads it in the development mailbox, types it. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByRole("heading", { name: "Enter the code" })).toBeVisible();
  const code = await readCode(page, email);
  await page.getByLabel("Digit 1 of 6").fill(code);
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** The newest code sent to this address. */
async function readCode(page: Page, email: string): Promise<string> {
  const mailbox = await page.context().newPage();
  await mailbox.goto("/dev/mailbox");
  // The letter's own: others are sent codes at the same time.
  const letter = mailbox
    .getByText(`to ${email}`)
    .first()
    .locator("xpath=ancestor::div[.//*[@data-testid='code']][1]")
    .getByTestId("code");
  const code = (await letter.textContent()) ?? "";
  await mailbox.close();
  return code.trim();
}
