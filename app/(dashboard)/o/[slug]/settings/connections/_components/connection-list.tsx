import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Phone } from "@/components/ui/phone";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { Connection } from "@/lib/connections/schemas";

type Props = { slug: string; zone: string; connections: readonly Connection[] };

export function ConnectionList({ slug, zone, connections }: Props) {
  return (
    <ul className="divide-y border-t" data-list>
      {connections.map((connection) => (
        <li key={connection.id} data-list-item className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
          <div className="min-w-0 flex-1 basis-52">
            <p className="flex items-center gap-2">
              <Link
                href={`/o/${slug}/settings/connections/${connection.id}`}
                className="truncate font-medium hover:underline"
              >
                {connection.name}
              </Link>
              <Badge>{connection.mode === "emulated" ? "Emulated" : "Vapi"}</Badge>
            </p>
            <p className="truncate text-xs text-muted">
              {connection.phoneNumbers.length === 0 && "No number known yet"}
              {connection.phoneNumbers.map((number) => (
                <Phone key={number.id} e164={number.number} />
              ))}
            </p>
          </div>
          {connection.disabledAt ? (
            <Status kind="neutral">Switched off</Status>
          ) : connection.lastEventAt ? (
            <Status kind="done">
              Last event <Time instant={connection.lastEventAt} zone={zone} relative />
            </Status>
          ) : (
            <Status kind="progress">Waiting for the first event</Status>
          )}
        </li>
      ))}
    </ul>
  );
}
