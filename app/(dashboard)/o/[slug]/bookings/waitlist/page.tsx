import { Hourglass } from "lucide-react";
import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import { listServices, listStaff } from "@/lib/scheduling";
import { listWaitlist } from "@/lib/waitlist";
import { memberContext } from "@/lib/wiring/member-context";
import { EntryCard } from "./_components/entry-card";
import { JoinForm } from "./_components/join-form";
import { addToWaitlist } from "./actions";

export const metadata: Metadata = { title: "Waiting list" };

export default async function WaitlistPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const [entries, services, people] = await Promise.all([listWaitlist(ctx), listServices(ctx), listStaff(ctx)]);
  const mayWrite = may(ctx.actor, "bookings.write");
  return (
    <>
      <PageHeader
        title="Waiting list"
        description={`Who waits for a time, in the order in which they are asked: by priority, then by when they joined. Times in ${org.timeZone}.`}
        back={{ href: `/o/${slug}/bookings`, label: "Bookings" }}
      />
      <LiveRefresh url={`/o/${slug}/live`} kinds={["waitlist.", "booking."]} />
      <Banner className="mb-5 rounded-lg">
        A time that becomes free is kept for the first it suits, two hours at most, then it goes to the next. They are
        told by e-mail, with a link to take it or let it go, where an address is known. Caly sends no texts yet: call
        the others, or take it for them here.
      </Banner>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        {entries.length === 0 ? (
          <EmptyState title="Nobody waits" icon={<Hourglass />}>
            Callers for whom nothing suits can ask the agent to wait; you can add somebody by hand.
          </EmptyState>
        ) : (
          <ol aria-label="Who waits" className="flex min-w-0 flex-col gap-3">
            {entries.map((entry, n) => (
              <li key={entry.id}>
                <EntryCard entry={entry} place={n + 1} org={org} mayWrite={mayWrite} />
              </li>
            ))}
          </ol>
        )}
        {mayWrite && services.length > 0 && (
          <JoinForm
            action={addToWaitlist.bind(null, slug)}
            services={services.map(({ id, name }) => ({ value: id, label: name }))}
            staff={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </div>
    </>
  );
}
