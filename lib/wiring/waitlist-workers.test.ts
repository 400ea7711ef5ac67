import { expect, it } from "vitest";
import { relayEvents } from "@/db/system";
import { createJobs } from "@/lib/platform/jobs";
import { MemoryKv } from "@/lib/platform/kv";
import type { Mail } from "@/lib/platform/mail";
import { bookAppointment, cancelBooking } from "@/lib/scheduling";
import { joinWaitlist, listWaitlist } from "@/lib/waitlist";
import { emptyPgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { voiceApp } from "@/tests/voice-app";
import { waitlistSubscriptions, waitlistTasks } from "./waitlist-workers";

it("a cancellation reaches the first on the list by letter; when the offer runs out, the next", async () => {
  const database = await emptyPgliteDatabase();
  let now = Date.parse(FRIDAY_TEN);
  const clock = { now: () => new Date(now) };
  const { ctx, haircut, anna } = await createSalon(database, { now: clock });
  const letters: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void letters.push(mail) };
  const app = Object.assign(voiceApp(database, ctx.keys, { clock }), { mailer });
  const jobs = createJobs({
    database,
    relay: (limit, deliver) => relayEvents(database, limit, deliver),
    workers: async () => ({
      subscriptions: Object.fromEntries(
        Object.entries(waitlistSubscriptions).map(([name, each]) => [
          name,
          { ...each, run: (ref, signal) => each.run(app, ref, signal) },
        ]),
      ),
      periodic: waitlistTasks.map((task) => ({ ...task, run: (signal) => task.run(app, signal) })),
    }),
    kv: new MemoryKv(),
    log: app.log,
  });
  const settle = async () => {
    while ((await jobs.relay()) > 0) await jobs.drain({ budgetMs: 10_000 });
  };
  await jobs.start({ loops: false });
  try {
    const asked = { serviceId: haircut.id, staffId: anna.id, startsAt: tuesday("10:00"), name: "Rival" };
    const booked = await bookAppointment(ctx, asked);
    for (const name of ["ann", "bea"]) {
      await joinWaitlist(ctx, { serviceId: haircut.id, name, email: `${name}@example.test` });
      now += 60_000;
    }
    await settle();
    await cancelBooking(ctx, { bookingId: booked.ok ? booked.value.id : "" });
    await settle();
    expect(letters.map(({ to }) => to)).toEqual(["ann@example.test"]);
    expect((await listWaitlist(ctx))[0]?.offer).toMatchObject({ status: "open", toldAt: clock.now() });
    now += 121 * 60_000;
    expect(await jobs.runPeriodic("end-due-holds", { budgetMs: 10_000 })).toBe(true);
    await settle();
    expect(letters.map(({ to }) => to)).toEqual(["ann@example.test", "bea@example.test"]);
    expect((await listWaitlist(ctx)).map(({ offer }) => offer?.status)).toEqual(["expired", "open"]);
  } finally {
    await jobs.stop();
  }
}, 60_000);
