import { CalendarPlus, CircleCheck, CircleX, Clock } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { formatMoney } from "@/components/ui/money-format";
import { Phone } from "@/components/ui/phone";
import { formatTime } from "@/components/ui/time-format";
import type { ChangeTerms } from "@/lib/scheduling/schemas";
import { app } from "@/lib/wiring/app";
import { AppointmentFacts } from "../../_components/appointment-facts";
import { OwnTime } from "../../_components/own-time";
import { PublicHeader } from "../../_components/public-header";
import { one, type SearchParams } from "../../addresses";
import { isRefusal, refusalInWords } from "../../refusals";
import { calendarLinks } from "./calendar-entry";
import { managed } from "./managed";

export const metadata: Metadata = {
  title: { absolute: "Your appointment" },
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

type Props = { params: Promise<{ token: string }>; searchParams: Promise<SearchParams> };

const link = "underline underline-offset-2 hover:no-underline";

/** What, when, where and with whom; move, cancel, add to calendar, call. Looking at it changes nothing: mail scanners follow links too. */
export default async function ManagePage({ params, searchParams }: Props) {
  const [{ token }, query] = [await params, await searchParams];
  const found = await managed(token);
  if (!found) notFound();
  const { booking, business, phone, isOpen, hasBegun, bookAgain } = found;
  const refused = one(query, "refused");
  const isNew = one(query, "booked") !== undefined && isOpen;
  const entry = calendarLinks(booking, business.name, found.where);
  const { appUrl } = (await app()).env;
  return (
    <div className="mx-auto max-w-2xl">
      <PublicHeader
        business={business.name}
        title={
          isNew
            ? "You are booked"
            : booking.status === "cancelled"
              ? "Your appointment is cancelled"
              : "Your appointment"
        }
      />
      <div role="status" className="mb-5 flex flex-col gap-2 empty:hidden">
        {isNew && <Said>{found.afterBooking || "See you then."}</Said>}
        {one(query, "moved") !== undefined && isOpen && <Said>Moved. The old time is free again.</Said>}
        {booking.tentative && isOpen && (
          <p className="flex gap-2 rounded-lg bg-attention-soft px-4 py-3 text-attention">
            <Clock aria-hidden className="mt-0.5 size-4 shrink-0" />
            The time is still to be confirmed: you will hear from the business if it has to change.
          </p>
        )}
        {isRefusal(refused) && (
          <p className="rounded-lg bg-failed-soft px-4 py-3 text-failed">{refusalInWords(refused)}</p>
        )}
        {booking.status === "cancelled" && (
          <p className="flex gap-2 rounded-lg bg-failed-soft px-4 py-3 text-failed">
            <CircleX aria-hidden className="mt-0.5 size-4 shrink-0" />
            It will not take place, and its time is free for others.
          </p>
        )}
        {hasBegun && booking.status !== "cancelled" && (
          <p className="rounded-lg bg-sunken px-4 py-3 text-muted">It has begun or is over; nothing can be changed.</p>
        )}
      </div>
      <Card>
        <CardBody>
          <AppointmentFacts
            what={booking.serviceName}
            startsAt={booking.startsAt}
            endsAt={booking.endsAt}
            zone={business.timeZone}
            businessZone={business.timeZone}
            who={booking.staffName}
            where={found.where}
            name={booking.attendeeName || undefined}
            price={booking.priceCents === null ? undefined : { cents: booking.priceCents, currency: business.currency }}
          />
          {booking.feeCents > 0 && booking.feeCurrency && (
            <p className="mt-3 border-t pt-3">
              You owe the business {formatMoney(booking.feeCents, booking.feeCurrency)} for a late change.
            </p>
          )}
          <OwnTime
            startsAt={booking.startsAt.toISOString()}
            endsAt={booking.endsAt.toISOString()}
            zone={business.timeZone}
          />
        </CardBody>
        {isOpen && (
          <CardFooter>
            <ButtonLink href={`/manage/${token}/move`} prefetch={false} variant="primary">
              Move
            </ButtonLink>
            <ButtonLink href={`/manage/${token}/cancel`} prefetch={false}>
              Cancel
            </ButtonLink>
          </CardFooter>
        )}
      </Card>
      {isOpen && <p className="mt-2 text-xs text-muted">{policyInWords(found.terms.cancel, business.timeZone)}</p>}
      {isOpen && (
        <section aria-labelledby="calendar" className="mt-5">
          <h2 id="calendar" className="mb-2 flex items-center gap-2 text-heading font-semibold">
            <CalendarPlus aria-hidden className="size-4" /> Add it to your calendar
          </h2>
          <p className="flex flex-wrap gap-2">
            <a href={`/manage/${token}/calendar.ics`} className={buttonClass()}>
              Calendar file
            </a>
            <a href={entry.google} target="_blank" rel="noopener noreferrer" className={buttonClass()}>
              Google
            </a>
            <a href={entry.outlook} target="_blank" rel="noopener noreferrer" className={buttonClass()}>
              Outlook
            </a>
          </p>
        </section>
      )}
      {isNew && (
        <section aria-labelledby="keep" className="mt-5">
          <h2 id="keep" className="mb-1 text-heading font-semibold">
            Keep this page&apos;s link
          </h2>
          <p className="mb-2 text-muted">
            With it you can see, move or cancel the appointment. Whoever has it can do the same.
          </p>
          <CopyButton value={`${appUrl}/manage/${token}`} label="Copy the link" variant="secondary" />
        </section>
      )}
      <p className="mt-6 flex flex-wrap gap-x-4 gap-y-1 text-muted">
        {phone && (
          <span>
            Questions? Call{" "}
            <Phone e164={phone} country={business.country} link className="underline underline-offset-2" />.
          </span>
        )}
        {bookAgain && (
          <a href={bookAgain} className={link}>
            Book another appointment
          </a>
        )}
      </p>
    </div>
  );
}

function Said({ children }: { children: string }) {
  return (
    <p className="flex gap-2 rounded-lg bg-done-soft px-4 py-3 break-words whitespace-pre-line text-done">
      <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  );
}

/** Until when cancelling is free, or what it costs now: said before anybody presses the button. */
function policyInWords(terms: ChangeTerms, zone: string): string {
  if (!terms.isAllowed) return "It is too late to cancel here.";
  if (terms.feeCents > 0) return `Cancelling now costs ${terms.fee}.`;
  if (terms.freeUntilMs === null) return "Cancelling costs nothing.";
  return `Cancelling is free of charge until ${formatTime(terms.freeUntilMs, zone)}.`;
}
