/** Signs in by code over HTTP, with the code out of the development mailbox. Returns the cookie. */
export async function signInOverHttp(url: string, email: string): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(`${url}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify(body),
    });
  const sent = await post("/email-otp/send-verification-otp", { email, type: "sign-in" });
  if (!sent.ok) throw new Error(`no code was sent: ${sent.status} ${await sent.text()}`);
  const mailbox = await (await fetch(`${url}/dev/mailbox`)).text();
  const otp = /data-testid="code"[^>]*>(\d{6})</.exec(mailbox)?.[1];
  const signedIn = await post("/sign-in/email-otp", { email, otp });
  if (!signedIn.ok) throw new Error(`not signed in: ${signedIn.status} ${await signedIn.text()}`);
  return signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}
