import type { ComponentProps, ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { AppointmentFacts } from "./appointment-facts";
import { PublicHeader } from "./public-header";

type Props = {
  business: { name: string; timeZone: string };
  title: string;
  /** The page it is about, where everything stays as it is. */
  back: { href: string; label: string };
  /** Where the form is posted, and as what. */
  action: string;
  what: string;
  appointment: { serviceName: string; staffName: string; startsAt: Date; endsAt: Date };
  where?: ComponentProps<typeof AppointmentFacts>["where"];
  /** What it means. */
  children: ReactNode;
  /** The button that does it, if it may be done. */
  button: ReactNode;
};

/** Asks whether an appointment or an offer is to be given up; works without scripts. */
export const EndForm = ({ business, title, back, action, what, appointment, where, children, button }: Props) => (
  <div className="mx-auto max-w-2xl">
    <PublicHeader business={business.name} title={title} back={back} />
    <form method="post" action={action}>
      <input type="hidden" name="what" value={what} />
      <Card>
        <CardBody className="flex flex-col gap-5">
          <AppointmentFacts
            what={appointment.serviceName}
            startsAt={appointment.startsAt}
            endsAt={appointment.endsAt}
            zone={business.timeZone}
            businessZone={business.timeZone}
            who={appointment.staffName}
            where={where}
          />
          {children}
        </CardBody>
        <CardFooter>
          {button}
          <ButtonLink href={back.href} prefetch={false} variant="ghost">
            Keep it
          </ButtonLink>
        </CardFooter>
      </Card>
    </form>
  </div>
);
