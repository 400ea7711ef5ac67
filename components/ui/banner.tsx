import { CircleX, Info, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

const looks = {
  info: { Icon: Info, className: "bg-progress-soft text-progress" },
  attention: { Icon: TriangleAlert, className: "bg-attention-soft text-attention" },
  failed: { Icon: CircleX, className: "bg-failed-soft text-failed" },
} as const;

/** One line and one action. */
export function Banner({
  kind = "info",
  children,
  action,
  className,
}: {
  kind?: keyof typeof looks;
  children: ReactNode;
  action?: { href: string; label: string } | ReactNode;
  className?: string;
}) {
  const { Icon, className: tone } = looks[kind];
  const isLink = typeof action === "object" && action !== null && "href" in action;
  return (
    <div
      role={kind === "failed" ? "alert" : "status"}
      className={cn("flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm", tone, className)}
    >
      <div className="flex min-w-0 flex-1 basis-60 items-start gap-3">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <p className="min-w-0">{children}</p>
      </div>
      {isLink ? (
        <Link
          href={action.href}
          className="shrink-0 font-medium underline underline-offset-2 hover:no-underline max-sm:ml-7"
        >
          {action.label}
        </Link>
      ) : (
        action
      )}
    </div>
  );
}
