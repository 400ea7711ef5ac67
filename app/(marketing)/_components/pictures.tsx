import type { ReactNode } from "react";

/** How it works, in three drawings. */
export function Pictures() {
  return (
    <section id="how" aria-labelledby="how-title" className="border-y bg-surface">
      <div className="mx-auto w-full max-w-6xl px-5 py-16">
        <h2 id="how-title" className="text-2xl font-semibold tracking-tight">
          How it works
        </h2>
        <ol className="mt-8 grid gap-x-8 gap-y-10 md:grid-cols-3">
          <Step number={1} title="It picks up" picture={<Ringing />}>
            Forward your number, or take a new one. Caly answers in your business’s name, at any hour, and says that the
            call is handled by an assistant.
          </Step>
          <Step number={2} title="It keeps to your diary" picture={<Diary />}>
            Services, opening hours, breaks and staff are yours to set. It offers only times that are free, and holds
            the one being talked about until the caller has decided.
          </Step>
          <Step number={3} title="You see all of it" picture={<Record />}>
            Each call with its recording, the words as they were said, every step taken in between, the booking that
            came of it, and the cost.
          </Step>
        </ol>
      </div>
    </section>
  );
}

function Step({
  number,
  title,
  picture,
  children,
}: {
  number: number;
  title: string;
  picture: ReactNode;
  children: ReactNode;
}) {
  return (
    <li>
      <div className="overflow-hidden rounded-lg border bg-bg">{picture}</div>
      <h3 className="mt-4 text-heading font-semibold">
        <span className="tabular mr-2 text-accent-ink">{number}</span>
        {title}
      </h3>
      <p className="mt-1 max-w-prose text-muted">{children}</p>
    </li>
  );
}

function Ringing() {
  return (
    <svg viewBox="0 0 320 180" aria-hidden="true" className="block w-full">
      <g fill="none" className="stroke-line-strong" strokeWidth="1.5">
        <path d="M84 90h44" strokeDasharray="3 5" />
        <path d="M192 90h44" strokeDasharray="3 5" />
      </g>
      <rect x="36" y="58" width="36" height="64" rx="8" className="fill-surface stroke-line-strong" strokeWidth="1.5" />
      <circle cx="54" cy="113" r="2.5" className="fill-line-strong" />
      <path
        d="M24 78q-5 12 0 24M15 71q-9 19 0 38"
        fill="none"
        className="stroke-accent"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="160" cy="90" r="34" className="fill-accent" />
      <path
        d="M172.5 79.5a16 16 0 1 0 0 21"
        fill="none"
        className="stroke-on-accent"
        strokeWidth="7"
        strokeLinecap="round"
      />
      <circle cx="175" cy="90" r="4.5" className="fill-on-accent" />
      <rect
        x="244"
        y="62"
        width="52"
        height="56"
        rx="4"
        className="fill-surface stroke-line-strong"
        strokeWidth="1.5"
      />
      <path
        d="M240 74l6-18h48l6 18z"
        className="fill-accent-soft stroke-line-strong"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <rect
        x="262"
        y="92"
        width="16"
        height="26"
        rx="2"
        className="fill-accent-soft stroke-line-strong"
        strokeWidth="1.5"
      />
    </svg>
  );
}

function Diary() {
  const taken = [
    [0, 0, 40],
    [0, 64, 28],
    [1, 16, 52],
    [2, 0, 28],
    [2, 84, 26],
  ] as const;
  return (
    <svg viewBox="0 0 320 180" aria-hidden="true" className="block w-full">
      <rect
        x="48"
        y="26"
        width="224"
        height="128"
        rx="8"
        className="fill-surface stroke-line-strong"
        strokeWidth="1.5"
      />
      <path d="M122.7 26v128M197.3 26v128" className="stroke-line" strokeWidth="1.5" />
      {taken.map(([column, top, height]) => (
        <rect
          key={`${column}-${top}`}
          x={54 + column * 74.7}
          y={36 + top}
          width="62"
          height={height}
          rx="4"
          className="fill-line"
        />
      ))}
      <rect
        x="203"
        y="70"
        width="62"
        height="30"
        rx="4"
        className="fill-accent-soft stroke-accent"
        strokeWidth="1.5"
        strokeDasharray="4 3"
      />
      <rect x="128.7" y="112" width="62" height="30" rx="4" className="fill-accent" />
      <path
        d="m152 127 5 5 10-11"
        fill="none"
        className="stroke-on-accent"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function Record() {
  const loudness = [6, 14, 22, 10, 26, 18, 8, 4, 12, 24, 16, 28, 20, 10, 6, 18, 26, 12, 22, 8, 14, 6];
  return (
    <svg viewBox="0 0 320 180" aria-hidden="true" className="block w-full">
      <rect
        x="40"
        y="22"
        width="240"
        height="48"
        rx="8"
        className="fill-surface stroke-line-strong"
        strokeWidth="1.5"
      />
      <circle cx="62" cy="46" r="11" className="fill-accent" />
      <path d="m59 40.5 8 5.5-8 5.5z" className="fill-on-accent" />
      {loudness.map((height, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing
          key={at}
          x={84 + at * 8.4}
          y={46 - height / 2}
          width="4"
          height={height}
          rx="2"
          className={at < 9 ? "fill-accent" : "fill-line"}
        />
      ))}
      <rect x="40" y="82" width="150" height="22" rx="6" className="fill-line" />
      <rect x="150" y="110" width="130" height="22" rx="6" className="fill-progress-soft" />
      <rect
        x="40"
        y="138"
        width="176"
        height="22"
        rx="6"
        className="fill-accent-soft stroke-accent"
        strokeWidth="1.5"
      />
      <path
        d="m52 149 4 4 8-9"
        fill="none"
        className="stroke-accent"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
