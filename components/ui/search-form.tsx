import { Search } from "lucide-react";
import { cn } from "./cn";
import { Input } from "./input";

/** A plain GET form: works without script, and the search is in the address. `keep` carries the other filters along. */
export function SearchForm({
  action,
  name = "q",
  label,
  placeholder,
  defaultValue,
  keep = {},
  className,
}: {
  action: string;
  name?: string;
  label: string;
  placeholder?: string;
  defaultValue?: string;
  keep?: Record<string, string | undefined>;
  className?: string;
}) {
  return (
    <search className={className}>
      <form action={action} className="relative">
        {Object.entries(keep).map(
          ([key, value]) => value && <input key={key} type="hidden" name={key} value={value} />,
        )}
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
        <Input
          type="search"
          name={name}
          aria-label={label}
          placeholder={placeholder ?? label}
          defaultValue={defaultValue}
          className={cn("pl-9")}
        />
      </form>
    </search>
  );
}
