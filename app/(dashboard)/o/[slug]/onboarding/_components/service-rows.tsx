"use client";

import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldMessage } from "@/components/ui/field";
import { TextField } from "@/components/ui/form-fields";
import { IconButton } from "@/components/ui/icon-button";
import type { ServiceRow } from "../offer-values";

export function ServiceRows({
  currency,
  initial,
  errors,
}: {
  currency: string;
  initial: ServiceRow[];
  errors: Record<string, string>;
}) {
  const [rows, setRows] = useState(initial);
  const added = useRef(0);
  const add = () => {
    added.current += 1;
    setRows((held) => [...held, { key: `new${added.current}`, serviceId: "", name: "", minutes: "30", price: "" }]);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-2 font-medium">Services</legend>
      {rows.map((row, n) => (
        <div
          key={row.key}
          className="grid grid-cols-[5.5rem_minmax(0,1fr)_2.25rem] items-start gap-2 sm:grid-cols-[minmax(0,1fr)_5.5rem_6.5rem_2.25rem]"
        >
          <input type="hidden" name={`service.${row.key}.id`} value={row.serviceId} />
          <TextField
            label="Service"
            hideLabel={n > 0}
            className="max-sm:col-span-3"
            name={`service.${row.key}.name`}
            maxLength={80}
            defaultValue={row.name}
            error={errors[`service.${row.key}.name`]}
          />
          <TextField
            label="Minutes"
            hideLabel={n > 0}
            name={`service.${row.key}.minutes`}
            inputMode="numeric"
            defaultValue={row.minutes}
            error={errors[`service.${row.key}.minutes`]}
          />
          <TextField
            label={`Price, ${currency}`}
            hideLabel={n > 0}
            name={`service.${row.key}.price`}
            inputMode="decimal"
            defaultValue={row.price}
            error={errors[`service.${row.key}.price`]}
          />
          <IconButton
            label={`Remove ${row.name || "this service"}`}
            className={n === 0 ? "mt-6.5" : undefined}
            onClick={() => setRows((held) => held.filter((each) => each.key !== row.key))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <FieldMessage id="services-error" message={errors.services} />
      <p className="text-xs text-muted">Leave the price empty to have the agent say “on request”.</p>
      <Button size="sm" className="self-start" onClick={add}>
        <Plus aria-hidden />
        Another service
      </Button>
    </fieldset>
  );
}
