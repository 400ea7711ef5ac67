import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** Text to be read or taken elsewhere as it stands: an address to paste, a payload, a command. */
export function CodeBlock({
  code,
  label,
  wrap,
  className,
}: {
  code: string;
  label: string;
  wrap?: boolean;
  className?: string;
}) {
  return (
    <div className={cn("flex min-w-0 items-start gap-1 rounded-lg border bg-sunken p-1", className)}>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-96 min-w-0 flex-1 overflow-auto rounded-md"
      >
        <pre className={cn("px-2 py-1.5 font-mono text-xs", wrap ? "break-all whitespace-pre-wrap" : "whitespace-pre")}>
          {code}
        </pre>
      </section>
      <CopyButton value={code} label={`Copy ${label}`} iconOnly className="size-7" />
    </div>
  );
}
