import Link from "next/link";
import { HeardPart } from "@/components/calls/heard-part";
import { formatDuration } from "@/components/ui/duration-format";
import { Pagination } from "@/components/ui/pagination";
import { SearchForm } from "@/components/ui/search-form";
import { findInParts, type TranscriptPart } from "../transcript-parts";

type Props = { href: string; parts: readonly TranscriptPart[]; part: number; q: string | undefined };

const partHref = (href: string, part: number, turnId?: string) => `${href}?part=${part}${turnId ? `#${turnId}` : ""}`;

/** Of a transcript that is shown in parts: a search through all of it. */
export function PartsSearch({ href, parts, part, q }: Props) {
  const { found, more } = q ? findInParts(parts, q) : { found: [], more: 0 };
  return (
    <>
      <SearchForm
        action={href}
        label="Search what was said"
        {...(q && { defaultValue: q })}
        keep={{ part: String(part) }}
        className="mb-3"
      />
      {q && (
        <section aria-label="Found in the transcript" className="mb-3 rounded-lg bg-sunken p-3">
          <p role="status" className="text-xs text-muted">
            {found.length === 0
              ? `“${q}” was not said.`
              : `“${q}”: ${found.length + more} ${found.length + more === 1 ? "place" : "places"}${more > 0 ? `, the first ${found.length} are listed` : ""}`}
          </p>
          <ol className="max-h-60 overflow-y-auto">
            {found.map(({ turn, part: at, before, match, after }) => (
              <li key={turn.id}>
                <Link href={partHref(href, at, turn.id)} className="flex gap-3 rounded-sm py-1 hover:underline">
                  <span className="tabular shrink-0 text-muted">{formatDuration(turn.offsetMs / 1000)}</span>
                  <span className="min-w-0 break-words">
                    {before}
                    <mark className="rounded-sm bg-attention-soft text-ink">{match}</mark>
                    {after}
                  </span>
                </Link>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

/** The ways to the part before and the one after, and to the one that is being heard. */
export function PartsPages({ href, parts, part }: Omit<Props, "q">) {
  const from = (n: number) => formatDuration((parts[n - 1]?.fromMs ?? 0) / 1000);
  const until = part < parts.length ? ` to ${from(part + 1)}` : " on";
  return (
    <>
      <Pagination
        summary={`Part ${part} of ${parts.length}, from ${from(part)}${until}`}
        newerLabel="Earlier"
        olderLabel="Later"
        {...(part > 1 && { newerHref: partHref(href, part - 1) })}
        {...(part < parts.length && { olderHref: partHref(href, part + 1) })}
      />
      <HeardPart href={href} startsMs={parts.map(({ fromMs }) => fromMs)} shown={part} />
    </>
  );
}
