"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";

export type PreviewValues = { business: string; agent: string; greeting: string; service: string; open: string };

const Preview = createContext<{ values: PreviewValues; update: (changed: Partial<PreviewValues>) => void }>({
  values: { business: "", agent: "", greeting: "", service: "", open: "" },
  update: () => {},
});

export function PreviewProvider({ initial, children }: { initial: PreviewValues; children: ReactNode }) {
  const [values, setValues] = useState(initial);
  const update = (changed: Partial<PreviewValues>) => setValues((held) => ({ ...held, ...changed }));
  return <Preview value={{ values, update }}>{children}</Preview>;
}

export const usePreview = () => useContext(Preview);

/** How the agent would begin with what is in the forms at this moment. */
export function AgentPreview() {
  const { values } = usePreview();
  const business = values.business.trim() || "your business";
  const service = (values.service.trim() || "an appointment").toLowerCase();
  const greeting = (values.greeting || "Thank you for calling {{business}}. How can I help you?").replaceAll(
    "{{business}}",
    business,
  );
  return (
    <Card className="lg:sticky lg:top-20">
      <CardHeader title="How it will sound" description="Changes as you type." />
      <CardBody>
        <ol className="flex flex-col gap-2.5">
          <Said by={values.agent || "Agent"}>{greeting}</Said>
          <Said by="Caller" isCaller>
            I would like to book: {service}.
          </Said>
          <Said by={values.agent || "Agent"}>Of course. Which day would suit you?</Said>
          <Said by="Caller" isCaller>
            When are you open?
          </Said>
          <Said by={values.agent || "Agent"}>{values.open}</Said>
        </ol>
      </CardBody>
    </Card>
  );
}

function Said({ by, isCaller, children }: { by: string; isCaller?: boolean; children: ReactNode }) {
  return (
    <li className={isCaller ? "ml-8 self-end text-right" : "mr-8"}>
      <span className="text-xs text-muted">{by}</span>
      <p className={`rounded-lg px-3 py-2 text-left ${isCaller ? "bg-sunken" : "bg-accent-soft"}`}>{children}</p>
    </li>
  );
}
