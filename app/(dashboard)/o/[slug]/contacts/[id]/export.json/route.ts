import { listFollowUps, readContactCalls } from "@/lib/calls";
import { getContact } from "@/lib/contacts";
import { routes } from "@/lib/platform/http";
import { textStream } from "@/lib/platform/http/text-stream";
import { listBookings } from "@/lib/scheduling";
import { memberRoute } from "@/lib/wiring/member-context";

type Params = { slug: string; id: string };

/** Everything kept about a contact, as a file to hand over. Sent while it is read: a contact may have called a thousand times. */
const exported = memberRoute<Params>(async (_request, { ctx, org }, { params }) => {
  const contact = await getContact(ctx, params.id);
  async function* parts() {
    const head = { exportedAt: ctx.clock.now(), organization: { name: org.name, timeZone: org.timeZone }, contact };
    yield JSON.stringify(head, null, 2).slice(0, -2);
    const [open, done] = await Promise.all([
      listFollowUps(ctx, { contactId: contact.id, limit: 200 }),
      listFollowUps(ctx, { contactId: contact.id, state: "done", limit: 200 }),
    ]);
    yield `,\n"followUps": ${JSON.stringify([...open, ...done])}`;
    yield ',\n"bookings": [';
    let separator = "";
    let cursor: string | undefined;
    do {
      const page = await listBookings(ctx, { contactId: contact.id, limit: 500, ...(cursor ? { cursor } : {}) });
      for (const booking of page.items) {
        yield `${separator}${JSON.stringify(booking)}`;
        separator = ",\n";
      }
      cursor = page.laterCursor ?? undefined;
    } while (cursor);
    yield '],\n"calls": [';
    separator = "";
    for await (const call of readContactCalls(ctx, contact.id)) {
      yield `${separator}${JSON.stringify(call)}`;
      separator = ",\n";
    }
    yield "]\n}\n";
  }
  return new Response(textStream(parts()), {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="${contact.id}.json"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
});

export const { GET, POST, PUT, PATCH, DELETE } = routes<Params>({ GET: exported }, { name: "contact export" });
