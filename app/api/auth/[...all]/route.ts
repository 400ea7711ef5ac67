import { routes } from "@/lib/platform/http";
import { answerAuthRequest } from "@/lib/wiring/auth-route";

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ all: string[] }>(
  { GET: answerAuthRequest, POST: answerAuthRequest },
  { name: "auth" },
);
