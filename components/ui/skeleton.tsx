import { cn } from "./cn";

/** A still grey shape of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-4 rounded-md bg-line/70", className)} />;
}

/** Wraps the skeletons of a page: says once that it is loading. */
export function Loading({
  label = "Loading",
  className,
  children,
}: {
  label?: string;
  className?: string;
  children: React.ReactNode;
}) {
  return (
    <div role="status" aria-busy="true" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

export function SkeletonRows({ rows = 8, className }: { rows?: number; className?: string }) {
  return (
    <div className={cn("divide-y rounded-lg border bg-surface", className)}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never move
        <div key={row} className="flex items-center gap-4 px-4 py-3">
          <Skeleton className="size-4 rounded-full" />
          <Skeleton className="w-16" />
          <Skeleton className="w-40 max-sm:flex-1" />
          <Skeleton className="ml-auto w-24 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}
