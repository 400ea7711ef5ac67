"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { CheckboxField, SwitchField, TextareaField, TextField } from "@/components/ui/form-fields";
import type { BookingPage } from "@/lib/booking-pages/schemas";
import type { FormAction } from "@/lib/platform/form-state";

type Props = {
  action: FormAction;
  page: BookingPage;
  address: { base: string; suggestion: string };
  readOnly: boolean;
};

export function BookingPageForm({ action, page, address, readOnly }: Props) {
  const { form, field, box, saving } = useFields(action);
  const isNew = page.slug === null;
  return (
    <form {...form}>
      <fieldset disabled={readOnly} className="flex flex-col gap-5">
        <Card>
          <CardHeader title="Page" />
          <CardBody className="flex flex-col gap-4">
            <SwitchField
              {...box("isOn", page.isOn)}
              label="Anybody with the address can book"
              help="Off, the address answers that there is nothing; links to booked appointments keep working."
            />
            <div className="flex flex-col gap-2">
              <TextField
                {...field("slug", address.suggestion)}
                label="Address"
                required
                maxLength={48}
                autoComplete="off"
                spellCheck={false}
                help={`${address.base}… An earlier address keeps leading to the page.`}
              />
              {page.slug && (
                <div className="flex flex-wrap items-center gap-2">
                  <code className="min-w-0 rounded-md bg-sunken px-2 py-1 text-xs break-all">
                    {address.base}
                    {page.slug}
                  </code>
                  <CopyButton value={`${address.base}${page.slug}`} label="Copy the address" />
                </div>
              )}
            </div>
            <CheckboxField
              {...box("isListed", page.isListed)}
              label="Search engines may list it"
              help="Without this it asks them not to. Pages behind links are never listed."
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="Services on it"
            description="A service you add later is not on the page until you tick it."
          />
          <CardBody>
            <fieldset className="flex flex-col gap-3">
              <legend className="sr-only">Services on the page</legend>
              {page.services.map((service) => (
                <CheckboxField
                  key={service.id}
                  name="service"
                  value={service.id}
                  defaultChecked={isNew || service.isOn}
                  label={<span className="break-words">{service.name}</span>}
                  help={
                    service.slug && page.slug
                      ? `${service.durationMinutes} min · /book/${page.slug}/${service.slug}`
                      : `${service.durationMinutes} min`
                  }
                />
              ))}
            </fieldset>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="What it says" />
          <CardBody className="flex flex-col gap-4">
            <TextareaField {...field("welcome", page.welcome)} label="Welcome" rows={3} maxLength={500} optional />
            <TextareaField
              {...field("afterBooking", page.afterBooking)}
              label="After booking"
              help="Where to ring, what to bring, where to park."
              rows={3}
              maxLength={500}
              optional
            />
            <TextField
              {...field("phone", page.phone)}
              label="Number to call"
              type="tel"
              maxLength={40}
              optional
              autoComplete="off"
              help="Shown on the page and behind the links. None is shown without it."
              className="sm:max-w-80"
            />
          </CardBody>
          {!readOnly && <SaveFooter saving={saving} />}
        </Card>
      </fieldset>
    </form>
  );
}
