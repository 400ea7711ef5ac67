import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { handleVapiWebhook } from "@/lib/wiring/vapi-webhook";

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ connection: string }>(
  {
    POST: async (request, { params, log, addToLog }) =>
      handleVapiWebhook(await app(), params.connection, request, { log, addToLog }),
  },
  { name: "voice.vapi" },
);
