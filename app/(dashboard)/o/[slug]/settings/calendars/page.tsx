import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { listAccounts, listCalendarFeeds } from "@/lib/calendars";
import { may } from "@/lib/organizations";
import { listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { AccountCard } from "./_components/account-card";
import { AddressForm } from "./_components/address-form";
import { makeAddressAction, removeAddressAction } from "./actions";

export const metadata: Metadata = { title: "Calendars" };

const kinds = ["calendar."];

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ connected?: string }> };

/** People's own calendars: what they take is never offered, and how current each is. */
export default async function CalendarsPage({ params, searchParams }: Props) {
  const { ctx, org } = await memberContext((await params).slug);
  const { connected } = await searchParams;
  const [everybody, accounts, feeds] = await Promise.all([listStaff(ctx), listAccounts(ctx), listCalendarFeeds(ctx)]);
  const mayManage = may(ctx.actor, "connections.manage");
  const people = everybody.filter((person) => person.active || accounts.some((each) => each.staffId === person.id));
  const nameOf = (staffId: string | null) => everybody.find((person) => person.id === staffId)?.name ?? "Everybody";
  return (
    <>
      <LiveRefresh url={`/o/${org.slug}/live`} kinds={kinds} />
      <PageHeader
        title="Calendars"
        description={`What people have in their own calendars is never offered to callers. Times in ${org.timeZone}.`}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex flex-col gap-4">
          {people.length === 0 && (
            <EmptyState title="Nobody can be booked yet">
              Add a person under Staff, then connect their calendar.
            </EmptyState>
          )}
          {people.map((person) => {
            const own = accounts.filter((account) => account.staffId === person.id);
            return (
              <Card key={person.id}>
                <CardHeader
                  title={person.name}
                  description={own.length === 0 ? "No calendar: free whenever the hours say so." : undefined}
                  actions={
                    mayManage && (
                      <ButtonLink
                        size="sm"
                        href={`/o/${org.slug}/settings/calendars/new?staff=${person.id}`}
                        aria-label={`Connect a calendar of ${person.name}`}
                      >
                        Connect a calendar
                      </ButtonLink>
                    )
                  }
                />
                {own.length > 0 && (
                  <ul className="divide-y border-t">
                    {own.map((account) => (
                      <AccountCard
                        key={account.id}
                        slug={org.slug}
                        zone={org.timeZone}
                        account={account}
                        mayManage={mayManage}
                        isNew={account.id === connected}
                      />
                    ))}
                  </ul>
                )}
              </Card>
            );
          })}
        </div>
        <Card>
          <CardHeader
            title="Bookings in other programs"
            description="A secret address that calendar programs can subscribe to."
          />
          {feeds.length > 0 && (
            <ul className="divide-y border-y">
              {feeds.map((feed) => (
                <li key={feed.staffId ?? "all"} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
                  <div className="min-w-0 flex-1">
                    <p className="truncate font-medium">{nameOf(feed.staffId)}</p>
                    <p className="text-xs text-muted">
                      {feed.showsDetails ? "Service and caller" : "Busy only"} · made{" "}
                      <Time instant={feed.madeAt} zone={org.timeZone} format="date" />
                    </p>
                  </div>
                  {mayManage && (
                    <ConfirmButton
                      label="Remove"
                      size="sm"
                      variant="ghost"
                      title={`Remove the address for ${nameOf(feed.staffId)}?`}
                      consequence="Programs that subscribe to it get nothing any more."
                      confirmLabel="Remove"
                      action={removeAddressAction.bind(null, org.slug)}
                      fields={{ staffId: feed.staffId ?? "" }}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
          <CardBody>
            {mayManage ? (
              <AddressForm
                action={makeAddressAction.bind(null, org.slug)}
                people={people.map((person) => ({ value: person.id, label: person.name }))}
              />
            ) : (
              <p className="text-muted">Owners and admins make these addresses.</p>
            )}
          </CardBody>
        </Card>
      </div>
    </>
  );
}
