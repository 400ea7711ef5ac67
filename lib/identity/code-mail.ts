import type { Mail } from "@/lib/platform/mail";

/** The letter with a sign-in code. The code stands in the subject, so that a notification shows it. */
export const codeMail = (to: string, code: string): Mail => ({
  to,
  subject: `${code} is your code for Caly`,
  text: [
    `Your code for signing in to Caly: ${code}`,
    "",
    "It works once and for ten minutes. If you did not ask for it, ignore this letter: nobody can sign in without the code.",
  ].join("\n"),
  data: { code },
});
