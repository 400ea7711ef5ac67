import { sql } from "drizzle-orm";
import { it } from "vitest";
import { postgresDatabase } from "@/tests/database";
import { raceBookings } from "./testing/race-bookings";

it("control", async () => {
  const database = await postgresDatabase({ maxConnections: 20 });
  await database.db.execute(sql`alter table bookings drop constraint bookings_no_overlap`);
  const r = await raceBookings(database, { attempts: 1000, concurrency: 20 });
  console.log("CONTROL", JSON.stringify(r));
  const d2 = await postgresDatabase({ maxConnections: 20 });
  const t = Date.now();
  console.log("FULL", JSON.stringify(await raceBookings(d2, { attempts: 20000, concurrency: 20 })), Date.now() - t);
}, 400_000);
