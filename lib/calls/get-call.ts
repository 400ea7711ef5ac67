import { and, asc, eq, isNull } from "drizzle-orm";
import {
  agents,
  agentVersions,
  bookings,
  calls,
  contacts,
  followUps,
  recordings,
  services,
  staff,
  toolCalls,
  turns,
} from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";

export type CallDetails = Awaited<ReturnType<typeof getCall>>;

/**
 * One call with all that belongs to it: what was said and done in order, the recording's state, what was booked and what is left to do.
 * Throws `not_found` for an unknown id and for another organisation's.
 */
export async function getCall(ctx: Context, callId: string) {
  authorise(ctx, "read");
  if (!isId("call", callId)) throw notFound("This call");
  return inTenant(ctx, async (tx) => {
    const ofCall = (table: typeof turns | typeof toolCalls | typeof recordings) =>
      and(eq(table.orgId, ctx.orgId), eq(table.callId, callId));
    const [found] = await tx
      .select({
        id: calls.id,
        externalId: calls.externalId,
        status: calls.status,
        kind: calls.kind,
        direction: calls.direction,
        fromNumber: calls.fromNumber,
        toNumber: calls.toNumber,
        startedAt: calls.startedAt,
        answeredAt: calls.answeredAt,
        endedAt: calls.endedAt,
        endedReason: calls.endedReason,
        durationSeconds: calls.durationSeconds,
        outcome: calls.outcome,
        outcomeCorrectedBy: calls.outcomeCorrectedBy,
        summary: calls.summary,
        summaryCorrectedBy: calls.summaryCorrectedBy,
        costMicros: calls.costMicros,
        costBreakdown: calls.costBreakdown,
        isReported: calls.reported,
        needsReview: calls.needsReview,
        erasedAt: calls.erasedAt,
        contact: { id: contacts.id, name: contacts.name, phone: contacts.phone, email: contacts.email },
        agent: { id: agents.id, name: agents.name },
        agentVersion: { id: agentVersions.id, number: agentVersions.number },
      })
      .from(calls)
      .leftJoin(contacts, and(eq(contacts.orgId, calls.orgId), eq(contacts.id, calls.contactId)))
      .leftJoin(agents, and(eq(agents.orgId, calls.orgId), eq(agents.id, calls.agentId)))
      .leftJoin(agentVersions, and(eq(agentVersions.orgId, calls.orgId), eq(agentVersions.id, calls.agentVersionId)))
      .where(and(eq(calls.orgId, ctx.orgId), eq(calls.id, callId)));
    if (!found) throw notFound("This call");
    const said = await tx
      .select({
        id: turns.id,
        role: turns.role,
        text: turns.text,
        offsetMs: turns.offsetMs,
        durationMs: turns.durationMs,
      })
      .from(turns)
      .where(ofCall(turns))
      .orderBy(asc(turns.offsetMs), asc(turns.id));
    const done = await tx.select().from(toolCalls).where(ofCall(toolCalls)).orderBy(asc(toolCalls.createdAt));
    const [recording] = await tx
      .select({
        state: recordings.state,
        durationMs: recordings.durationMs,
        peaks: recordings.peaks,
        attempts: recordings.attempts,
        error: recordings.error,
      })
      .from(recordings)
      .where(ofCall(recordings));
    const booked = await tx
      .select({
        id: bookings.id,
        status: bookings.status,
        startsAt: bookings.startsAt,
        endsAt: bookings.endsAt,
        service: services.name,
        staff: staff.name,
        attendeeName: bookings.attendeeName,
        priceCents: bookings.priceCents,
      })
      .from(bookings)
      .innerJoin(services, and(eq(services.orgId, bookings.orgId), eq(services.id, bookings.serviceId)))
      .innerJoin(staff, and(eq(staff.orgId, bookings.orgId), eq(staff.id, bookings.staffId)))
      .where(and(eq(bookings.orgId, ctx.orgId), eq(bookings.callId, callId), isNull(bookings.partOfId)))
      .orderBy(asc(bookings.startsAt));
    const left = await tx
      .select()
      .from(followUps)
      .where(and(eq(followUps.orgId, ctx.orgId), eq(followUps.callId, callId)));
    const answeredAt = found.answeredAt ?? found.startedAt;
    return {
      ...found,
      turns: said,
      toolCalls: done.map((call) => ({
        id: call.id,
        name: call.name,
        arguments: call.arguments,
        result: call.result,
        status: call.status,
        offsetMs: call.offsetMs ?? Math.max(0, call.createdAt.getTime() - answeredAt.getTime()),
        durationMs: call.durationMs,
      })),
      recording: recording ?? null,
      /** Holds are left out: nobody was promised them. */
      bookings: booked.flatMap(({ status, ...booking }) => (status === "held" ? [] : [{ ...booking, status }])),
      followUps: left,
    };
  });
}
