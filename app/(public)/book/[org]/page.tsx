import { CalendarX, ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { Phone } from "@/components/ui/phone";
import { visitorPage } from "@/lib/wiring/visitor-context";
import { PublicHeader } from "../../_components/public-header";
import { ServiceFacts } from "../../_components/service-facts";

type Props = { params: Promise<{ org: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { page } = await visitorPage((await params).org);
  return { title: { absolute: `Book with ${page.name}` }, robots: { index: page.isListed, follow: page.isListed } };
}

export default async function BookingPage({ params }: Props) {
  const { org } = await params;
  const { page, slug } = await visitorPage(org);
  if (slug !== org) redirect(`/book/${slug}`);
  return (
    <div className="mx-auto max-w-2xl">
      <PublicHeader business={page.name} title="Book an appointment">
        {page.welcome && <p className="max-w-prose break-words whitespace-pre-line text-muted">{page.welcome}</p>}
      </PublicHeader>
      {page.services.length === 0 ? (
        <EmptyState title="Nothing can be booked here at the moment" icon={<CalendarX />}>
          {page.phone ? (
            <>
              You can call{" "}
              <Phone e164={page.phone} country={page.country} link className="underline underline-offset-2" />.
            </>
          ) : (
            "Come back later, or get in touch with the business."
          )}
        </EmptyState>
      ) : (
        <ul className="flex flex-col gap-3">
          {page.services.map((service) => (
            <li key={service.id}>
              <Link
                href={`/book/${slug}/${service.slug}`}
                prefetch={false}
                className="flex items-center gap-4 rounded-lg border bg-surface p-4 hover:border-accent hover:bg-accent-soft"
              >
                <span className="min-w-0 flex-1">
                  <span className="block text-heading font-semibold break-words">{service.name}</span>
                  <ServiceFacts service={service} currency={page.currency} />
                  {service.description && (
                    <span className="mt-1 block break-words text-muted">{service.description}</span>
                  )}
                </span>
                <ChevronRight aria-hidden className="size-5 shrink-0 text-muted" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {page.phone && page.services.length > 0 && (
        <p className="mt-6 text-muted">
          Rather talk? Call{" "}
          <Phone e164={page.phone} country={page.country} link className="underline underline-offset-2" />.
        </p>
      )}
    </div>
  );
}
