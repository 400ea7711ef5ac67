import { z } from "zod";

const cursorShape = z.tuple([z.iso.datetime({ offset: true }), z.string().min(1).max(64)]);

/** A place in a list ordered by (instant, id): opaque to its holder. */
export type Cursor = { at: Date; id: string };

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.at.toISOString(), cursor.id])).toString("base64url");

/** undefined for anything that is not one of ours. */
export function decodeCursor(text: string | undefined): Cursor | undefined {
  if (!text || text.length > 200) return undefined;
  try {
    const [at, id] = cursorShape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { at: new Date(at), id };
  } catch {
    return undefined;
  }
}
