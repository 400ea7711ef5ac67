import type { HttpReply } from "../../http/router";

/** Text that is already HTML. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | null | undefined | false | Html | Part[];

/** A template whose values are escaped unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, piece, index) => text + shown(parts[index - 1]) + piece));
}

function shown(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(shown).join("");
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#d5d9e2, #3a4152); --soft: light-dark(#f5f6f9, #1c2130); --deep: #4f46c8; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#fff, #12151f); color: light-dark(#1b2233, #e6e9f2); }
header { padding: .6rem 1rem; background: light-dark(#fff3cd, #4a3b0a); font-size: .9rem; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { width: 100%; border-collapse: collapse; } td, th { padding: .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td:last-child, th:last-child { text-align: right; padding-left: 1rem; }
label { display: block; margin: .8rem 0 .2rem; font-weight: 600; }
input, select { width: 100%; padding: .6rem; font: inherit; border: 1px solid var(--line); border-radius: .4rem; background: transparent; color: inherit; }
option { color: #1b2233; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .2rem 1rem 1rem; }
.row { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: .8rem; }
button, .button { display: inline-block; margin: 1rem .5rem 0 0; padding: .65rem 1.2rem; font: inherit; font-weight: 600; border: 0; border-radius: .4rem; background: var(--deep); color: #fff; cursor: pointer; text-decoration: none; }
button.quiet { background: transparent; color: inherit; border: 1px solid var(--line); }
a { color: light-dark(#3730a3, #b4b0ff); }
.error { padding: .7rem 1rem; border-radius: .4rem; background: light-dark(#fde8e8, #4c1717); }
.card { padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; margin: .8rem 0; }
.soft { color: light-dark(#555f74, #a5aec2); font-size: .9rem; }
`;

export function page(title: string, body: Html, status = 200): HttpReply {
  const document = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${new Html(style)}</style></head><body><header>Emulated Stripe: no money moves here. Use a test card such as 4242 4242 4242 4242.</header><main>${body}</main></body></html>`;
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
    body: document.text,
  };
}

export const redirect = (location: string): HttpReply => ({ status: 303, headers: { location }, body: "" });

export const alert = (message: string | undefined): Html =>
  message === undefined ? html`` : html`<p class="error" role="alert">${message}</p>`;

/** What is asked of a card. */
export const cardFields = (): Html => html`<fieldset><legend>Card</legend>
<label for="number">Card number</label><input id="number" name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" required>
<div class="row"><div><label for="month">Month</label><input id="month" name="month" inputmode="numeric" value="12" required></div>
<div><label for="year">Year</label><input id="year" name="year" inputmode="numeric" value="2034" required></div>
<div><label for="cvc">CVC</label><input id="cvc" name="cvc" inputmode="numeric" value="123" required></div></div></fieldset>`;

export function cardFrom(
  form: URLSearchParams,
): { number: string; exp_month: number; exp_year: number; cvc: string } | undefined {
  const number = (form.get("number") ?? "").replace(/\s/g, "");
  if (number === "") return undefined;
  const [month, year] = [Number(form.get("month")), Number(form.get("year"))];
  return {
    number,
    exp_month: Number.isInteger(month) ? month : 0,
    exp_year: Number.isInteger(year) ? (year < 100 ? year + 2000 : year) : 0,
    cvc: form.get("cvc") ?? "",
  };
}

export const showDay = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
