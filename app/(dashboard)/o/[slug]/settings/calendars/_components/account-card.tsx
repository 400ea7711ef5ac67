import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { CalendarAccountView, CalendarView } from "@/lib/calendars/schemas";
import { chooseAction, disconnectAction, readAgainAction } from "../actions";
import { freshnessWords, vendorNames } from "../vendor-words";
import { ChooseForm } from "./choose-form";
import { ReadAgain } from "./read-again";

type Props = { slug: string; zone: string; account: CalendarAccountView; mayManage: boolean; isNew: boolean };

/** One account: whose it is, how current each of its calendars is, and what can be done about it. */
export function AccountCard({ slug, zone, account, mayManage, isNew }: Props) {
  const title = `${vendorNames[account.vendor]}, ${account.label}`;
  const followed = account.calendars.filter((calendar) => calendar.blocks || calendar.receives);
  const failed = followed.filter((calendar) => calendar.failure);
  // Withdrawn access is one reason for all of them.
  const failing = account.isRevoked ? failed.slice(0, 1) : failed;
  const isTentative = account.calendars.some(
    ({ blocks, freshness }) => blocks && !["current", "waiting"].includes(freshness),
  );
  const unwritten = account.calendars.find((calendar) => calendar.waitingWrites > 0);
  return (
    <li className="flex flex-col gap-3 px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="flex min-w-0 flex-1 basis-52 flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="min-w-0 [overflow-wrap:anywhere]">{account.label}</span>
          <span className="flex gap-2 whitespace-nowrap">
            <Badge>{vendorNames[account.vendor]}</Badge>
            {account.mode === "emulated" && <Badge>Emulated</Badge>}
          </span>
        </h3>
        {isNew && !account.isRevoked && <Status kind="done">Connected just now</Status>}
        {account.isRevoked && <Status kind="failed">Access withdrawn</Status>}
      </div>
      {failing.map(({ id, name, failure, freshness }) => (
        <p key={id} className={`text-xs break-words ${freshness === "partial" ? "text-attention" : "text-failed"}`}>
          {account.calendars.length > 1 && !account.isRevoked && `“${name}”: `}
          {failure}
        </p>
      ))}
      {isTentative && (
        <p className="text-xs text-muted">
          Until it can be relied on again, times with {account.staff} are booked to be confirmed.
        </p>
      )}
      {unwritten && (
        <p className="text-xs text-attention">
          {unwritten.waitingWrites === 1 ? "1 booking has" : `${unwritten.waitingWrites} bookings have`} yet to be
          written into “{unwritten.name}”{unwritten.writeFailure ? `: ${unwritten.writeFailure}` : "."}
        </p>
      )}
      {mayManage ? (
        <ChooseForm
          action={chooseAction.bind(null, slug, account.id)}
          calendars={account.calendars.map((calendar) => ({
            ...calendar,
            state: calendar.blocks ? <FreshnessOf calendar={calendar} zone={zone} /> : null,
          }))}
        />
      ) : (
        <ul className="flex flex-col gap-1">
          {followed.map((calendar) => (
            <li key={calendar.id} className="flex flex-wrap items-center gap-x-3">
              <span className="min-w-0 flex-1 basis-40 truncate">{calendar.name}</span>
              {calendar.blocks && <FreshnessOf calendar={calendar} zone={zone} />}
            </li>
          ))}
        </ul>
      )}
      {mayManage && (
        <div className="flex flex-wrap items-center gap-2">
          {!account.isRevoked && <ReadAgain action={readAgainAction.bind(null, slug, account.id)} what={title} />}
          {(account.vendor === "google" || account.vendor === "microsoft") && (
            // Not a Link: what is fetched ahead of time would begin a sign-in.
            <a
              className={buttonClass({ size: "sm", variant: account.isRevoked ? "primary" : "ghost" })}
              href={`/o/${slug}/settings/calendars/connect/${account.vendor}?staff=${account.staffId}`}
            >
              Connect again
            </a>
          )}
          <ConfirmButton
            label="Disconnect"
            size="sm"
            variant="ghost"
            title={`Disconnect “${account.label}”?`}
            consequence={`What is busy there is forgotten, and these times can be booked.${account.vendor === "feed" ? "" : " Bookings already written there stay."}`}
            confirmLabel="Disconnect"
            action={disconnectAction.bind(null, slug)}
            fields={{ accountId: account.id }}
          />
        </div>
      )}
    </li>
  );
}

const kinds = {
  current: "done",
  waiting: "progress",
  partial: "attention",
  stale: "attention",
  revoked: "failed",
} as const;

function FreshnessOf({ calendar, zone }: { calendar: CalendarView; zone: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
      <Status kind={kinds[calendar.freshness]} plain>
        {freshnessWords[calendar.freshness]}
      </Status>
      {calendar.syncedAt && (
        <span>
          read <Time instant={calendar.syncedAt} zone={zone} relative />
        </span>
      )}
    </span>
  );
}
