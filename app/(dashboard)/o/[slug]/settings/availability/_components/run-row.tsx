import Link from "next/link";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { Run } from "../group-times";
import { type Asked, ruleHref, ruleWord } from "../rule-words";

const looks = {
  offered: { kind: "done", word: "Offered" },
  bookable: { kind: "attention", word: "Bookable, not offered" },
  refused: { kind: "neutral", word: "Refused" },
} as const;

/** One explanation with the times it holds for; every single time and person is one press away. */
export function RunRow({ run, slug, asked, zone }: { run: Run; slug: string; asked: Asked; zone: string }) {
  const [first, last] = [run.times[0], run.times.at(-1)];
  if (!first || !last) return null;
  const { kind, word } = looks[run.verdict];
  const href = ruleHref(slug, run.rule, asked);
  return (
    <li className="px-4 py-3">
      <div className="grid items-start gap-x-4 gap-y-1 sm:grid-cols-[8rem_10rem_1fr]">
        <p className="tabular font-medium">
          <Time instant={first.startMs} zone={zone} format="time" />
          {first !== last && (
            <>
              {" – "}
              <Time instant={last.startMs} zone={zone} format="time" />
            </>
          )}
        </p>
        <p>
          <Status kind={kind}>{run.verdict === "offered" ? word : ruleWord(run.rule)}</Status>
          {run.verdict === "bookable" && <span className="sr-only"> ({word})</span>}
        </p>
        <div className="min-w-0 break-words">
          <p>
            {run.say}.{" "}
            {href && (
              <Link
                href={href}
                prefetch={false}
                className="text-xs text-muted underline underline-offset-2 hover:no-underline"
              >
                Change<span className="sr-only"> what decides: {ruleWord(run.rule)}</span>
              </Link>
            )}
          </p>
          <details className="mt-1 text-xs text-muted">
            <summary className="w-fit cursor-pointer hover:text-ink">
              {run.times.length === 1 ? "1 time" : `${run.times.length} times`}, person by person
            </summary>
            <ul className="mt-1.5 flex flex-col gap-1">
              {run.times.map((time) => (
                <li key={time.startMs}>
                  <span className="tabular text-ink">
                    <Time instant={time.startMs} zone={zone} format="time" />
                  </span>{" "}
                  {time.staff.length > 0
                    ? time.staff.map((person) => `${person.name}: ${person.say}`).join(" · ")
                    : time.say}
                </li>
              ))}
            </ul>
          </details>
        </div>
      </div>
    </li>
  );
}
