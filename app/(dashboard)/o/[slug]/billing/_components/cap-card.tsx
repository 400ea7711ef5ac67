"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";

type Props = {
  action: FormAction;
  currency: string;
  /** As it would be typed; empty for no limit. */
  cap: string;
  /** How much of it is used, in words. */
  used: string | undefined;
  every: "month" | "year";
  mayManage: boolean;
};

/** The owner's limit for what minutes beyond the plan may cost in one period. */
export function CapCard({ action, currency, cap, used, every, mayManage }: Props) {
  const { form, field, saving } = useFields(action);
  return (
    <Card id="limit">
      <CardHeader title="Spending limit" {...(used ? { description: used } : {})} />
      <CardBody>
        <form {...form} className="flex flex-col gap-3">
          <TextField
            label={`At most for minutes beyond the plan, in ${currency} a ${every}`}
            inputMode="decimal"
            autoComplete="off"
            optional
            disabled={!mayManage}
            help="Owners get letters on the way to it. At the limit callers still hear your hours and can leave a message. Empty: no limit."
            {...field("cap", cap)}
          />
          {mayManage && <SaveFooter saving={saving} label="Save limit" isPlain />}
        </form>
      </CardBody>
    </Card>
  );
}
