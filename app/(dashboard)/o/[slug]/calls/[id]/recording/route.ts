import { findRecording, isRecordingSigned } from "@/lib/calls";
import { notFound } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { memberRoute } from "@/lib/wiring/member-context";
import { serveRecording } from "./serve-recording";

type Params = { slug: string; id: string };

/** The recording of a call: for a signed-in member whose address was signed within the last ten minutes; for anyone else it is not there. */
const recording = memberRoute<Params>(
  async (request, { ctx }, { params, addToLog }) => {
    addToLog({ callId: params.id });
    const query = new URL(request.url).searchParams;
    const signed = { expires: query.get("expires") ?? "", signature: query.get("signature") ?? "" };
    if (!isRecordingSigned(ctx, params.id, signed)) throw notFound("This recording");
    const found = await findRecording(ctx, params.id);
    if (!found) throw notFound("This recording");
    return serveRecording(request, (await app()).blobs, { blobKey: found.blobKey, fileName: `${params.id}.wav` });
  },
  { partOfPage: true },
);

export const { GET, POST, PUT, PATCH, DELETE } = routes<Params>({ GET: recording }, { name: "recording" });
