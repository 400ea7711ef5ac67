"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

const groups: readonly [title: string, parts: readonly [end: string, label: string][]][] = [
  [
    "Business",
    [
      ["", "Organisation"],
      ["/members", "Members"],
      ["/connections", "Connections"],
    ],
  ],
  [
    "What can be booked",
    [
      ["/services", "Services"],
      ["/staff", "Staff"],
      ["/places", "Places"],
      ["/resources", "Rooms & equipment"],
    ],
  ],
  [
    "When",
    [
      ["/hours", "Hours"],
      ["/calendars", "Calendars"],
      ["/availability", "Test availability"],
    ],
  ],
  [
    "How",
    [
      ["/booking-page", "Booking page"],
      ["/cancellation", "Cancellation"],
    ],
  ],
  [
    "Records",
    [
      ["/audit", "Audit"],
      ["/jobs", "Failed jobs"],
    ],
  ],
];

/** A column beside the page; on a narrow screen one line that opens, without scripts as well. */
export function SettingsNav({ base }: { base: string }) {
  const path = usePathname();
  const current = groups
    .flatMap(([, parts]) => parts)
    .filter(([end]) => path === base + end || (end && path.startsWith(`${base}${end}/`)))
    .at(-1);
  const list = (
    <div className="flex flex-col gap-4 max-xl:grid max-xl:grid-cols-2 max-xl:p-3 sm:max-xl:grid-cols-3">
      {groups.map(([title, parts]) => (
        <div key={title}>
          <p className="px-2 pb-1 text-xs text-muted">{title}</p>
          <ul>
            {parts.map(([end, label]) => (
              <li key={end}>
                <Link
                  href={base + end}
                  aria-current={end === current?.[0] ? "page" : undefined}
                  className="focus-inset block rounded-md px-2 py-1.5 font-medium text-muted hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-ink"
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
  return (
    <nav aria-label="Settings" data-print="hide" className="max-xl:mb-5 xl:sticky xl:top-19 xl:self-start">
      <details key={path} className="group rounded-lg border bg-surface xl:hidden">
        <summary className="flex cursor-pointer list-none items-center justify-between gap-2 px-4 py-2.5 font-medium [&::-webkit-details-marker]:hidden">
          <span>
            <span className="text-muted">Settings · </span>
            {current?.[1] ?? "Organisation"}
          </span>
          <ChevronDown aria-hidden className="size-4 text-muted group-open:rotate-180" />
        </summary>
        <div className="border-t">{list}</div>
      </details>
      <div className="max-xl:hidden">{list}</div>
    </nav>
  );
}
