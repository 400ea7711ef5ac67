import { singleton } from "../singleton";
import { isOutOfReach } from "./out-of-reach";

type Probe = () => Promise<unknown>;
type Outage = {
  probe: Probe | undefined;
  isSeen: boolean;
  asked: { at: number; answer: Promise<boolean> } | undefined;
};

/** A visitor waits for the answer; others who come meanwhile get the same one. */
const ASK_MS = 1_000;

const held = () => singleton<Outage>("outage", () => ({ probe: undefined, isSeen: false, asked: undefined }));

/** What says whether the database answers: throws, or does not end, where it does not. */
export function probeOutageWith(probe: Probe): void {
  held().probe = probe;
}

/** For whoever meets an error: where it says that something cannot be reached, the next visitor's request asks first. */
export function noteOutage(error: unknown): void {
  if (isOutOfReach(error)) held().isSeen = true;
}

/** Whether the database has been out of reach and still is. Costs nothing until somebody has met that. */
export async function isStillAway(): Promise<boolean> {
  const outage = held();
  if (!outage.isSeen || !outage.probe) return false;
  const now = performance.now();
  if (!outage.asked || now - outage.asked.at > ASK_MS) outage.asked = { at: now, answer: isAway(outage.probe) };
  const isAwayNow = await outage.asked.answer;
  if (!isAwayNow) outage.isSeen = false;
  return isAwayNow;
}

async function isAway(probe: Probe): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), ASK_MS);
  });
  const answer = probe().then(
    () => false,
    () => true,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

const STYLE = `body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#f8fbf9;color:#18201c}
main{max-width:32rem;min-height:100vh;margin:0 auto;padding:0 1.5rem;display:flex;flex-direction:column;justify-content:center;align-items:flex-start}
h1{margin:0;font-size:1.25rem}p{margin:.5rem 0}a{color:#08654a}small{color:#55625c}
@media(prefers-color-scheme:dark){body{background:#0d110f;color:#e6ede9}a{color:#63d3ab}small{color:#9aa8a1}}`;

/**
 * The page of an outage, whole and without scripts: what fails while React renders leaves an empty body that only scripts fill. 503, so that
 * nobody keeps it. `nonce` lets its style through.
 */
export function outagePage({ nonce, requestId }: { nonce: string; requestId: string }): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Not available just now · Caly</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>This page cannot be shown just now</h1>
<p>Something it needs does not answer. Nothing was lost: what was saved before is still there.</p>
<p><a href="">Try again</a></p><p><small>Request ${requestId}</small></p></main></body></html>`;
  return new Response(html, {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      "cache-control": "no-store",
      "retry-after": "5",
      "referrer-policy": "no-referrer",
      "x-request-id": requestId,
    },
  });
}
