import { cn } from "../ui/cn";

export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-6 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M21.6 11.1a7.2 7.2 0 1 0 0 9.8"
        fill="none"
        strokeWidth="3.4"
        strokeLinecap="round"
        className="stroke-on-accent"
      />
      <circle cx="22.8" cy="16" r="2.3" className="fill-on-accent" />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-heading font-semibold tracking-tight", className)}>
      <LogoMark />
      Caly
    </span>
  );
}
