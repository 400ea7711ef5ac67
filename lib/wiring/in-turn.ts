import "server-only";
import type { App } from "./app";

const BATCH = 200;
/** Whose turn it was is kept between two runs of a week. */
const TURN_SECONDS = 7 * 86_400;

/**
 * Organisations one after another, as `list` has them behind an id, for work that `name`s itself. A run that was cut short, or whose process
 * ended, is gone on with by the next, so that all of them have their turn. Without the cache it begins with the first.
 */
export async function* inTurn(
  app: Pick<App, "kv" | "log">,
  name: string,
  list: (after: string, most: number) => Promise<string[]>,
): AsyncGenerator<string, void> {
  const key = `${name}:after`;
  const unkept = (error: unknown) => app.log.warn({ err: error, name }, "whose turn it is could not be kept");
  for (let after = (await app.kv.get(key).catch(unkept)) || ""; ; ) {
    const ids = await list(after, BATCH);
    for (const id of ids) {
      yield id;
      after = id;
      await app.kv.set(key, after, { ttlSeconds: TURN_SECONDS }).catch(unkept);
    }
    if (ids.length < BATCH) break;
  }
  await app.kv.del(key).catch(unkept);
}
