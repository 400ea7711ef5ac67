"use client";

import Form from "next/form";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/form-fields";

type Props = { zone: string; isChosen: boolean; zones: readonly string[]; keep: Record<string, string | undefined> };

/**
 * In which zone times are shown. Until one is chosen it is the visitor's own, which only their browser knows; without scripts the
 * business's, and a button.
 */
export function ZoneForm({ zone, isChosen, zones, keep }: Props) {
  const path = usePathname();
  const router = useRouter();
  const query = useSearchParams();
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (isChosen || !own || own === zone) return;
    const next = new URLSearchParams(query);
    next.set("zone", own);
    router.replace(`${path}?${next}`, { scroll: false });
  }, [isChosen, zone, path, query, router]);
  return (
    <Form action={path} scroll={false} replace className="flex items-end gap-2">
      {Object.entries(keep).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <SelectField
        key={zone}
        label="Times are shown in"
        name="zone"
        defaultValue={zone}
        options={zones.map((each) => ({ value: each, label: each.replaceAll("_", " ") }))}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
        className="min-w-0 flex-1 sm:max-w-80"
      />
      <noscript>
        <Button type="submit">Show</Button>
      </noscript>
    </Form>
  );
}
