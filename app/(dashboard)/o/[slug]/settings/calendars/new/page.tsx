import type { Metadata } from "next";
import Link from "next/link";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { caldavPresets } from "@/lib/calendars/schemas";
import { may } from "@/lib/organizations";
import { listStaff } from "@/lib/scheduling";
import { app } from "@/lib/wiring/app";
import { connectMode, type OAuthVendor, oauthVendors } from "@/lib/wiring/calendar-connect";
import { memberContext } from "@/lib/wiring/member-context";
import { CaldavForm, FeedForm } from "../_components/secret-forms";
import { connectCaldavAction, connectFeedAction } from "../actions";
import { vendorNames } from "../vendor-words";

export const metadata: Metadata = { title: "Connect a calendar" };

const describe: Record<OAuthVendor, string> = {
  google: "Gmail and Google Workspace.",
  microsoft: "Outlook and Microsoft 365.",
};

const refusedWords: Record<string, string> = {
  not_given:
    "Access was not given, or not all of it: the calendars must be readable and writable. Nothing was connected.",
  no_calendars: "This account has no calendars. Nothing was connected.",
  not_configured: "This vendor is not configured on this server any more.",
  not_answered: "The vendor did not answer as it should. Nothing was connected; try again in a minute.",
};

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ staff?: string; refused?: string }> };

export default async function ConnectCalendarPage({ params, searchParams }: Props) {
  const { ctx, org } = await memberContext((await params).slug);
  const { staff, refused } = await searchParams;
  const base = `/o/${org.slug}/settings/calendars`;
  const theApp = await app();
  const people = (await listStaff(ctx)).filter((person) => person.active);
  const person = people.find((each) => each.id === staff) ?? people[0];
  const header = (
    <PageHeader
      title={person ? `Connect a calendar of ${person.name}` : "Connect a calendar"}
      description="Caly reads when it is busy, never what it says, and writes bookings into it."
      back={{ href: base, label: "Calendars" }}
    />
  );
  if (!may(ctx.actor, "connections.manage"))
    return (
      <>
        {header}
        <EmptyState title="Owners and admins connect calendars">Ask one of them to connect yours.</EmptyState>
      </>
    );
  if (!person)
    return (
      <>
        {header}
        <EmptyState title="Nobody can be booked yet">Add a person under Staff first.</EmptyState>
      </>
    );
  return (
    <>
      {header}
      {refused && (
        <Banner kind="failed" className="mb-4 rounded-lg">
          {(Object.hasOwn(refusedWords, refused) && refusedWords[refused]) || refusedWords.not_answered}
        </Banner>
      )}
      {people.length > 1 && (
        <nav aria-label="Whose calendar" className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {people.map((each) => (
            <Link
              key={each.id}
              href={`${base}/new?staff=${each.id}`}
              aria-current={each.id === person.id ? "page" : undefined}
              className="text-muted hover:underline aria-[current]:font-medium aria-[current]:text-ink"
            >
              {each.name}
            </Link>
          ))}
        </nav>
      )}
      <div className="grid items-start gap-4 md:grid-cols-2">
        {oauthVendors.map((vendor) => (
          <Card key={vendor}>
            <CardHeader title={vendorNames[vendor]} description={describe[vendor]} />
            <CardBody>
              <ConnectLink
                vendor={vendor}
                mode={connectMode(theApp, vendor)}
                href={`${base}/connect/${vendor}?staff=${person.id}`}
              />
            </CardBody>
          </Card>
        ))}
        <Card>
          <CardHeader title="CalDAV" description="Apple iCloud, Fastmail, Nextcloud and others." />
          <CardBody>
            <CaldavForm
              key={person.id}
              staffId={person.id}
              presets={caldavPresets.map(({ name, url }) => ({ name, url }))}
              action={connectCaldavAction.bind(null, org.slug)}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="An address of a calendar file"
            description="Read every few minutes; bookings cannot be written into it."
          />
          <CardBody>
            <FeedForm key={person.id} staffId={person.id} action={connectFeedAction.bind(null, org.slug)} />
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function ConnectLink({
  vendor,
  mode,
  href,
}: {
  vendor: OAuthVendor;
  mode: "live" | "emulated" | undefined;
  href: string;
}) {
  if (!mode)
    return (
      <p className="text-muted">
        Not configured on this server: set <code>{`${vendor.toUpperCase()}_CALENDAR_CLIENT_ID`}</code> and{" "}
        <code>{`${vendor.toUpperCase()}_CALENDAR_CLIENT_SECRET`}</code>.
      </p>
    );
  return (
    // Not a Link: what is fetched ahead of time would begin a sign-in.
    <a className={buttonClass({ variant: "primary" })} href={href}>
      {mode === "emulated" ? `Connect the ${vendorNames[vendor]} emulator` : `Connect ${vendorNames[vendor]}`}
    </a>
  );
}
