import { CircleAlert, CircleCheck, Hourglass } from "lucide-react";
import Link from "next/link";
import { cn } from "./cn";

export type FormOutcome =
  | {
      ok: boolean;
      message?: string | undefined;
      remedy?: { href: string; label: string } | undefined;
      waits?: boolean | undefined;
    }
  | null
  | undefined;

const looks = {
  done: { Icon: CircleCheck, tone: "text-done" },
  failed: { Icon: CircleAlert, tone: "text-failed" },
  waits: { Icon: Hourglass, tone: "rounded-lg bg-attention-soft px-3 py-2 text-attention" },
} as const;

/** What became of the last submit, announced. Keep it mounted: a live region that arrives with its text is not read out. */
export function FormStatus({ outcome, className }: { outcome: FormOutcome; className?: string }) {
  const text = outcome?.message ?? (outcome?.ok ? "Saved" : undefined);
  const { Icon, tone } = looks[outcome?.ok ? "done" : outcome?.waits ? "waits" : "failed"];
  return (
    <div role="status" aria-live="polite" className={cn("text-sm empty:sr-only", className)}>
      {outcome && text && (
        <p className={cn("flex items-start gap-2", tone)}>
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            {text}
            {outcome.remedy && (
              <>
                {" "}
                <Link
                  href={outcome.remedy.href}
                  className={cn("font-medium underline underline-offset-2", !outcome.waits && "text-accent-ink")}
                >
                  {outcome.remedy.label}
                </Link>
              </>
            )}
          </span>
        </p>
      )}
    </div>
  );
}
