import { ExternalLink, Scissors } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatPhone } from "@/components/ui/phone";
import { getBookingPage } from "@/lib/booking-pages";
import { may } from "@/lib/organizations";
import { app } from "@/lib/wiring/app";
import { memberContext } from "@/lib/wiring/member-context";
import { BookingPageForm } from "./_components/booking-page-form";
import { savePage } from "./actions";

export const metadata: Metadata = { title: "Booking page" };

export default async function BookingPageSettings({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const page = await getBookingPage(ctx);
  const mayEdit = may(ctx.actor, "scheduling.configure");
  const { appUrl } = (await app()).env;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Booking page"
        description={
          mayEdit
            ? "A page on the web where anybody can book. It shows your name, the services you choose, who does them and their free times; nothing else."
            : "Owners and admins can change these settings."
        }
        actions={
          page.isOn &&
          page.slug && (
            <ButtonLink href={`/book/${page.slug}`} target="_blank" prefetch={false}>
              <ExternalLink aria-hidden /> Open the page
            </ButtonLink>
          )
        }
      />
      {page.services.length === 0 ? (
        <EmptyState
          title="There is nothing to book yet"
          icon={<Scissors />}
          action={
            mayEdit && (
              <ButtonLink href={`/o/${slug}/settings/services`} variant="primary">
                Add a service
              </ButtonLink>
            )
          }
        >
          The page lists your services. Add one first.
        </EmptyState>
      ) : (
        <BookingPageForm
          action={savePage.bind(null, slug)}
          page={{ ...page, phone: page.phone ? formatPhone(page.phone, org.country) : "" }}
          address={{ base: `${appUrl}/book/`, suggestion: page.slug ?? org.slug }}
          readOnly={!mayEdit}
        />
      )}
    </div>
  );
}
