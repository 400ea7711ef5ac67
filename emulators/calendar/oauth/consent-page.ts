import type { HttpReply } from "../../http/router";
import type { AccountRecord } from "../records";

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** One button for each account, and one that refuses. The request travels on in hidden fields. */
export function consentPage(title: string, accounts: AccountRecord[], query: URLSearchParams): HttpReply {
  const hidden = [...query]
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join("");
  const buttons = accounts
    .map(({ id, email }) => `<p><button name="_account" value="${escaped(id)}">Allow as ${escaped(email)}</button></p>`)
    .join("");
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width"><style>body{font:1rem/1.5 system-ui;max-width:30rem;margin:3rem auto;padding:0 1rem}
button{font:inherit;padding:.5rem 1rem}</style></head><body><h1>${escaped(title)}</h1>
<p>${escaped(query.get("client_id") ?? "An application")} asks for: ${escaped(query.get("scope") ?? "nothing")}</p>
<form method="post">${hidden}${buttons}<p><button name="_account" value="">Refuse</button></p></form></body></html>`;
  // The form's answer is a redirect to the client: a policy that names form targets would forbid it.
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  };
  return { status: 200, headers, body };
}

export function plainPage(status: number, text: string): HttpReply {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
}
