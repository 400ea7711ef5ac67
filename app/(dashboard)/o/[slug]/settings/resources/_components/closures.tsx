import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { formatTime } from "@/components/ui/time-format";
import type { ResourceClosure } from "@/lib/scheduling/schemas";

type Props = {
  closures: readonly ResourceClosure[];
  zone: string;
  reopen: ((closureId: string) => Promise<void>) | undefined;
};

/** When it is closed, the next time first. */
export function Closures({ closures, zone, reopen }: Props) {
  if (closures.length === 0) return <p className="px-4 pb-4 text-muted">It is not closed at any time ahead.</p>;
  return (
    <ul className="divide-y border-t">
      {closures.map(({ id, startsAt, endsAt, reason }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
          <span className="font-medium">
            <Time instant={startsAt} zone={zone} /> – <Time instant={endsAt} zone={zone} />
          </span>
          <span className="min-w-0 flex-1 break-words text-muted">{reason}</span>
          {reopen && (
            <form action={reopen.bind(null, id)}>
              <SubmitButton variant="ghost" size="sm" aria-label={`Open again from ${formatTime(startsAt, zone)}`}>
                Open again
              </SubmitButton>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
