import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { AppointmentFacts } from "../../../_components/appointment-facts";
import { PostButton } from "../../../_components/post-button";
import { PublicHeader } from "../../../_components/public-header";
import { offered } from "../offered";

export const metadata: Metadata = {
  title: { absolute: "Let this time go" },
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

export default async function DeclinePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const found = await offered(token);
  if (!found) notFound();
  const { offer, business } = found;
  if (offer.status !== "open") redirect(`/offer/${token}`);
  return (
    <div className="mx-auto max-w-2xl">
      <PublicHeader
        business={business.name}
        title="Let this time go?"
        back={{ href: `/offer/${token}`, label: "The offer" }}
      />
      <form method="post" action={`/offer/${token}/answer`}>
        <input type="hidden" name="what" value="decline" />
        <Card>
          <CardBody className="flex flex-col gap-5">
            <AppointmentFacts
              what={offer.serviceName}
              startsAt={offer.startsAt}
              endsAt={offer.endsAt}
              zone={business.timeZone}
              businessZone={business.timeZone}
              who={offer.staffName}
            />
            <p>It goes to whoever is next on the list at once. You keep your place and hear of the next one.</p>
          </CardBody>
          <CardFooter>
            <PostButton variant="danger">Let it go</PostButton>
            <ButtonLink href={`/offer/${token}`} prefetch={false} variant="ghost">
              Keep it
            </ButtonLink>
          </CardFooter>
        </Card>
      </form>
    </div>
  );
}
