import { CircleCheck, CircleDot, CircleX, LoaderCircle, Minus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type StatusKind = "done" | "attention" | "failed" | "progress" | "live" | "neutral";

const looks = {
  done: { Icon: CircleCheck, chip: "bg-done-soft text-done", ink: "text-done" },
  attention: { Icon: TriangleAlert, chip: "bg-attention-soft text-attention", ink: "text-attention" },
  failed: { Icon: CircleX, chip: "bg-failed-soft text-failed", ink: "text-failed" },
  progress: { Icon: LoaderCircle, chip: "bg-progress-soft text-progress", ink: "text-progress" },
  live: { Icon: CircleDot, chip: "bg-accent-soft text-accent-ink", ink: "text-accent-ink" },
  neutral: { Icon: Minus, chip: "bg-sunken text-muted", ink: "text-muted" },
} as const;

/** A state: icon, word and colour together, so that no one has to read it from the colour. */
export function Status({
  kind,
  children,
  plain,
  className,
}: {
  kind: StatusKind;
  children: ReactNode;
  plain?: boolean;
  className?: string;
}) {
  const { Icon, chip, ink } = looks[kind];
  return (
    <span
      className={cn(
        "inline-flex max-w-full items-center gap-1.5 align-middle text-xs font-medium",
        plain ? ink : ["rounded-full px-2 py-0.5", chip],
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{children}</span>
    </span>
  );
}

/** The icon alone, for a table's first column; `label` says the word. */
export function StatusIcon({ kind, label, className }: { kind: StatusKind; label: string; className?: string }) {
  const { Icon, ink } = looks[kind];
  return (
    <span role="img" aria-label={label} title={label} className={cn("flex", ink, className)}>
      <Icon aria-hidden className="size-4" />
    </span>
  );
}
