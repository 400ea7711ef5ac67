"use client";

import Link from "next/link";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldMessage } from "@/components/ui/field";
import { CheckboxField } from "@/components/ui/form-fields";

export type PoolChoice = { id: string; name: string; help?: string | undefined };

type Props = {
  pools: readonly (readonly string[])[];
  resources: readonly PoolChoice[];
  /** What was typed, after a refusal. */
  typed: Record<string, string> | undefined;
  error: string | undefined;
  href: string;
};

const MOST = 5;

/** The lists of what a service occupies, each a choice of rooms or machines that will do, named `pool:<n>:<id>`. */
export function PoolInputs({ pools, resources, typed, error, href }: Props) {
  const errorId = useId();
  const [count, setCount] = useState(Math.max(1, pools.length));
  const [ticked, setTicked] = useState<Record<string, number>>(() => initial(pools, typed));
  if (resources.length === 0)
    return (
      <p className="text-muted">
        It occupies people only.{" "}
        <Link href={href} className="underline underline-offset-2 hover:no-underline">
          Add a room or a machine
        </Link>{" "}
        to choose what else it needs.
      </p>
    );
  return (
    <div className="flex flex-col gap-4">
      {Array.from({ length: count }, (_, n) => `pool:${n}`).map((name, n) => (
        <fieldset key={name} className="flex flex-col gap-2.5" aria-describedby={error && errorId}>
          <legend className="mb-2.5 font-medium">{n === 0 ? "One of these" : "And one of these"}</legend>
          <div className="grid gap-2.5 sm:grid-cols-2">
            {resources.map(({ id, name: label, help }) => {
              const elsewhere = ticked[id] !== undefined && ticked[id] !== n;
              return (
                <CheckboxField
                  key={id}
                  name={`${name}:${id}`}
                  checked={ticked[id] === n}
                  disabled={elsewhere}
                  onChange={({ currentTarget: { checked } }) =>
                    setTicked(({ [id]: _, ...others }) => (checked ? { ...others, [id]: n } : others))
                  }
                  label={<span className="break-words">{label}</span>}
                  help={elsewhere ? "In another list" : help}
                />
              );
            })}
          </div>
        </fieldset>
      ))}
      <FieldMessage id={errorId} message={error} />
      {count < Math.min(MOST, resources.length) && (
        <Button size="sm" className="self-start" onClick={() => setCount(count + 1)}>
          It needs something else as well
        </Button>
      )}
    </div>
  );
}

/** In which list each stands. */
function initial(pools: Props["pools"], typed: Props["typed"]): Record<string, number> {
  if (!typed) return Object.fromEntries(pools.flatMap((pool, n) => pool.map((id) => [id, n])));
  return Object.fromEntries(
    Object.keys(typed).flatMap((key) => {
      const [kind, n, id] = key.split(":");
      return kind === "pool" && id ? [[id, Number(n)]] : [];
    }),
  );
}
