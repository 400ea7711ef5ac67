import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Phone } from "@/components/ui/phone";
import { Status, type StatusKind } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { Organization } from "@/lib/organizations/schemas";
import type { OfferStatus, WaitlistEntry } from "@/lib/waitlist/schemas";
import { acceptForThem, declineForThem, offerNow, removeFromWaitlist } from "../actions";
import { wanted } from "./wanted";

const offers: Record<OfferStatus, { kind: StatusKind; word: string }> = {
  open: { kind: "progress", word: "Offered" },
  accepted: { kind: "done", word: "Taken" },
  declined: { kind: "neutral", word: "Declined" },
  expired: { kind: "attention", word: "Ran out" },
  withdrawn: { kind: "neutral", word: "Taken back" },
};

type Props = { entry: WaitlistEntry; place: number; org: Organization; mayWrite: boolean };

/** Somebody who waits: for what, since when, what they were offered, and what can be done. */
export function EntryCard({ entry, place, org, mayWrite }: Props) {
  const { offer, name } = entry;
  const isOpen = offer?.status === "open";
  return (
    <Card>
      <CardHeader
        title={
          <>
            <span className="tabular text-muted">{place}.</span>{" "}
            {entry.contactId ? (
              <Link href={`/o/${org.slug}/contacts/${entry.contactId}`} className="break-words hover:underline">
                {name || "No name"}
              </Link>
            ) : (
              <span className="break-words">{name || "No name"}</span>
            )}
          </>
        }
        description={
          <>
            since <Time instant={entry.joinedAt} zone={org.timeZone} />
            {entry.priority !== 0 && `, priority ${entry.priority}`}
          </>
        }
        actions={mayWrite && <Actions slug={org.slug} entry={entry} />}
      />
      <CardBody className="flex flex-col gap-1.5">
        <p className="break-words">{wanted(entry)}</p>
        <p className="break-words text-muted">
          {entry.phone && <Phone e164={entry.phone} country={org.country} link />}
          {entry.phone && entry.email && " · "}
          {entry.email ?? (entry.phone ? " · no e-mail address: call them when something is offered" : "")}
          {!entry.phone && !entry.email && "No way to reach them is known."}
        </p>
        {entry.notes && <p className="break-words text-muted">“{entry.notes}”</p>}
        {offer && (
          <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-3 py-2">
            <Status kind={offers[offer.status].kind} plain>
              {offers[offer.status].word}
            </Status>
            <span>
              <Time instant={offer.startsAt} zone={org.timeZone} /> with {offer.staffName}
              {isOpen && (
                <>
                  , kept until <Time instant={offer.expiresAt} zone={org.timeZone} />
                </>
              )}
            </span>
            <span className="text-xs text-muted">
              {`number ${offer.rank} of ${offer.ranked} who waited`}
              {isOpen && (offer.toldAt ? "; told by e-mail" : "; not told by Caly")}
            </span>
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function Actions({ slug, entry }: { slug: string; entry: WaitlistEntry }) {
  const { offer, name } = entry;
  const who = name || "them";
  return (
    <>
      {offer?.status === "open" ? (
        <>
          <ConfirmButton
            label="Book it"
            size="sm"
            variant="primary"
            title={`Book the offered time for ${who}?`}
            consequence="They have said yes. The time is theirs, and they leave the list."
            confirmLabel="Book it"
            cancelLabel="Not yet"
            destructive={false}
            action={acceptForThem.bind(null, slug, offer.id)}
          />
          <ConfirmButton
            label="They declined"
            size="sm"
            title={`Let the offered time go on from ${who}?`}
            consequence="It is offered to the next on the list. They keep their place."
            confirmLabel="Let it go"
            destructive={false}
            action={declineForThem.bind(null, slug, offer.id)}
          />
        </>
      ) : (
        <ConfirmButton
          label="Offer now"
          size="sm"
          title={`Offer ${who} the first free time that suits?`}
          consequence="Out of turn: the others on the list are not asked. The time is kept for two hours at most."
          confirmLabel="Offer it"
          cancelLabel="Leave it"
          destructive={false}
          action={offerNow.bind(null, slug, entry.id)}
        />
      )}
      <ConfirmButton
        label="Remove"
        size="sm"
        title={`Take ${who} off the list?`}
        consequence="An open offer goes to the next."
        confirmLabel="Remove"
        cancelLabel="Keep them"
        action={removeFromWaitlist.bind(null, slug, entry.id)}
      />
    </>
  );
}
