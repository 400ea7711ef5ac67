import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { TextField } from "@/components/ui/form-fields";
import { AppointmentFacts } from "../../../_components/appointment-facts";
import { PostButton } from "../../../_components/post-button";
import { PublicHeader } from "../../../_components/public-header";
import { TermsSaid } from "../../../_components/terms-said";
import { TooLate } from "../../../_components/too-late";
import { managed } from "../managed";

export const metadata: Metadata = {
  title: { absolute: "Cancel your appointment" },
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

export default async function CancelPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const found = await managed(token);
  if (!found) notFound();
  const { booking, business, isOpen, phone } = found;
  const terms = found.terms.cancel;
  if (!isOpen) redirect(`/manage/${token}`);
  return (
    <div className="mx-auto max-w-2xl">
      <PublicHeader
        business={business.name}
        title="Cancel this appointment?"
        back={{ href: `/manage/${token}`, label: "Your appointment" }}
      />
      <form method="post" action={`/manage/${token}/change`}>
        <input type="hidden" name="what" value="cancel" />
        <Card>
          <CardBody className="flex flex-col gap-5">
            <AppointmentFacts
              what={booking.serviceName}
              startsAt={booking.startsAt}
              endsAt={booking.endsAt}
              zone={business.timeZone}
              businessZone={business.timeZone}
              who={booking.staffName}
              where={found.where}
            />
            {terms.isAllowed ? (
              <>
                <TermsSaid terms={terms} change="Cancelling" />
                <p>Its time is free for others at once. A cancelled appointment cannot be brought back.</p>
                <TextField label="Why, if you like" name="reason" maxLength={500} optional autoComplete="off" />
              </>
            ) : (
              <TooLate phone={phone} country={business.country} />
            )}
          </CardBody>
          <CardFooter>
            {terms.isAllowed && (
              <PostButton variant="danger">
                {terms.feeCents > 0 ? `Cancel and owe ${terms.fee}` : "Cancel the appointment"}
              </PostButton>
            )}
            <ButtonLink href={`/manage/${token}`} prefetch={false} variant="ghost">
              Keep it
            </ButtonLink>
          </CardFooter>
        </Card>
      </form>
    </div>
  );
}
