"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SwitchField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";
import { WindowInputs, type WindowValues } from "./window-inputs";

type Props = {
  action: FormAction;
  title: string;
  /** The policy in force, in sentences. */
  say: string;
  windows: readonly WindowValues[];
  coversMoves: boolean;
  currency: string;
  /** Of a service: goes back to the organisation's policy. */
  follows?: { isFollowing: boolean } | undefined;
  readOnly: boolean;
};

const ROWS = [0, 1, 2];

export function PolicyForm({ action, title, say, windows, coversMoves, currency, follows, readOnly }: Props) {
  const { form, box, values, fields, saving } = useFields(action);
  return (
    <form {...form}>
      <fieldset disabled={readOnly} className="group/policy">
        <Card>
          <CardHeader title={title} description={say} />
          <CardBody className="flex flex-col gap-5">
            {follows && (
              <SwitchField
                {...box("own", !follows.isFollowing)}
                label="A policy of its own"
                help="Off: the organisation’s policy holds."
              />
            )}
            <div className="flex flex-col gap-5 group-has-[input[name=own]:not(:checked)]/policy:hidden">
              {ROWS.map((n) => (
                <WindowInputs
                  key={n}
                  n={n}
                  currency={currency}
                  values={values ? typed(values, n) : windows[n]}
                  error={errorsOf(fields, n)}
                />
              ))}
              <SwitchField
                {...box("coversMoves", coversMoves)}
                label="The same holds for moving a booking"
                help="Off: a booking can be moved free of charge until it begins."
              />
              <p className="text-muted">
                A fee is recorded on the booking as owed; Caly does not charge it. A change saved here holds for every
                booking at once, also for those made before.
              </p>
            </div>
          </CardBody>
          {!readOnly && <SaveFooter saving={saving} label="Save policy" />}
        </Card>
      </fieldset>
    </form>
  );
}

const typed = (values: Record<string, string>, n: number): WindowValues => ({
  within: values[`within-${n}`] ?? "",
  unit: values[`unit-${n}`] ?? "60",
  what: values[`what-${n}`] ?? "percent",
  amount: values[`amount-${n}`] ?? "",
});

/** The schema names a window by its place among those that were filled in. */
const errorsOf = (fields: Record<string, string> | undefined, n: number) => ({
  within: fields?.[`within-${n}`] ?? fields?.[`windows.${n}.withinMinutes`] ?? (n === 0 ? fields?.windows : undefined),
  amount:
    fields?.[`amount-${n}`] ?? fields?.[`windows.${n}.fee.percent`] ?? fields?.[`windows.${n}.fee.cents`] ?? undefined,
});
