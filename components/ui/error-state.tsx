import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** What failed, that nothing was lost, what to do now, and the id to quote when asking for help. */
export function ErrorState({
  title,
  children = "Nothing was lost. Try again in a moment.",
  action,
  requestId,
  level = 2,
  className,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  requestId?: string;
  level?: 1 | 2;
  className?: string;
}) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div
      role="alert"
      className={cn("flex flex-col items-center gap-1 rounded-lg border px-6 py-12 text-center", className)}
    >
      <span
        aria-hidden
        className="mb-2 flex size-10 items-center justify-center rounded-full bg-failed-soft text-failed"
      >
        <CircleX className="size-5" />
      </span>
      <Heading className="text-heading font-medium">{title}</Heading>
      <div className="max-w-prose text-muted">{children}</div>
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
      {requestId && (
        <p className="mt-4 flex items-center gap-1 text-xs text-muted">
          Request <code className="font-mono">{requestId}</code>
          <CopyButton value={requestId} label="Copy request id" iconOnly />
        </p>
      )}
    </div>
  );
}
