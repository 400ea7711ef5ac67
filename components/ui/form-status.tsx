import { CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import { cn } from "./cn";

export type FormOutcome =
  | { ok: boolean; message?: string | undefined; remedy?: { href: string; label: string } | undefined }
  | null
  | undefined;

/** What became of the last submit, announced. Keep it mounted: a live region that arrives with its text is not read out. */
export function FormStatus({ outcome, className }: { outcome: FormOutcome; className?: string }) {
  const text = outcome?.message ?? (outcome?.ok ? "Saved" : undefined);
  return (
    <div role="status" aria-live="polite" className={cn("text-sm empty:sr-only", className)}>
      {outcome && text && (
        <p className={cn("flex items-start gap-2", outcome.ok ? "text-done" : "text-failed")}>
          {outcome.ok ? (
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
          ) : (
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          )}
          <span>
            {text}
            {outcome.remedy && (
              <>
                {" "}
                <Link href={outcome.remedy.href} className="font-medium text-accent-ink underline underline-offset-2">
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
