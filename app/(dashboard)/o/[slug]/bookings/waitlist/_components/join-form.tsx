"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { SelectField, TextareaField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormAction, idle } from "@/lib/platform/form-state";

type Option = { value: string; label: string };
type Props = { action: FormAction; services: readonly Option[]; staff: readonly Option[] };

/** Puts somebody on the list by hand. */
export function JoinForm({ action, services, staff }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  const { values, fields } = state;
  const field = (name: string, usual = "") => ({ name, defaultValue: values?.[name] ?? usual, error: fields?.[name] });
  return (
    <form {...form} noValidate key={state.ok ? state.message : "form"}>
      <Card>
        <CardHeader title="Add somebody" description="What is left empty is no limit." />
        <CardBody className="grid items-start gap-4 sm:grid-cols-2">
          <TextField {...field("name")} label="Name" required maxLength={120} autoComplete="off" />
          <SelectField
            {...field("serviceId", services.length === 1 ? services[0]?.value : "")}
            key={values?.serviceId}
            label="Service"
            options={services}
            placeholder="Choose a service"
            required
          />
          <TextField {...field("phone")} label="Telephone" type="tel" maxLength={40} optional autoComplete="off" />
          <TextField
            {...field("email")}
            label="E-mail"
            type="email"
            maxLength={200}
            optional
            autoComplete="off"
            help="With it an offer is written to them."
          />
          <SelectField
            {...field("staffId")}
            key={`staff ${values?.staffId}`}
            label="With"
            options={staff}
            placeholder="Anybody"
          />
          <TextField
            {...field("priority", "0")}
            label="Priority"
            type="number"
            inputMode="numeric"
            min={-100}
            max={100}
            help="The higher is asked first."
          />
          <TextField {...field("fromOn")} label="From" type="date" optional className="tabular" />
          <TextField {...field("toOn")} label="Until" type="date" optional className="tabular" />
          <TextField {...field("fromMinute")} label="Not before" type="time" optional />
          <TextField {...field("toMinute")} label="Begins before" type="time" optional />
          <TextareaField
            {...field("notes")}
            label="Notes"
            rows={2}
            maxLength={2000}
            optional
            className="sm:col-span-2"
          />
        </CardBody>
        <CardFooter>
          <SubmitButton pending={pending} pendingLabel="Adding">
            Add to the list
          </SubmitButton>
          <FormStatus outcome={state.status === "idle" ? null : state} />
        </CardFooter>
      </Card>
    </form>
  );
}
