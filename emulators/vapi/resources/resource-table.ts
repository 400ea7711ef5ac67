import { randomInt } from "node:crypto";
import type { Route } from "../../http/router";
import type { Emulator } from "../emulator";
import { VapiError } from "../errors";
import { resourceRoutes } from "./resource-routes";
import { assistantShape, credentialShape, functionToolShape, phoneNumberShape } from "./shapes";
import type { StoredAssistant, StoredCredential, StoredPhoneNumber } from "./types";

/** Every resource with the plain five endpoints. */
export function resourceTable(emulator: Emulator): Route[] {
  return [
    ...resourceRoutes(
      {
        path: "/assistant",
        title: "assistant",
        shape: assistantShape,
        store: emulator.assistants,
        check(assistant) {
          checkCredential(emulator, assistant.server?.credentialId);
          checkTools(emulator, assistant);
        },
      },
      emulator,
    ),
    ...resourceRoutes(
      {
        path: "/tool",
        title: "tool",
        shape: functionToolShape,
        store: emulator.tools,
        check: (tool) => checkCredential(emulator, tool.server?.credentialId),
      },
      emulator,
    ),
    ...resourceRoutes(
      {
        path: "/phone-number",
        title: "phone number",
        shape: phoneNumberShape,
        store: emulator.phoneNumbers,
        show: withoutAccountSecrets,
        check: (number) => checkNumber(emulator, number),
        complete: (number) => ({
          number: `+1202555${randomInt(1000, 9999)}`,
          ...(number.provider ? { status: "active" } : {}),
        }),
      },
      emulator,
    ),
    ...resourceRoutes(
      {
        path: "/credential",
        title: "credential",
        shape: credentialShape,
        store: emulator.credentials,
        show: withoutKeys,
      },
      emulator,
    ),
  ];
}

function checkCredential(emulator: Emulator, credentialId: string | undefined): void {
  if (credentialId !== undefined && !emulator.credentials.get(credentialId)) {
    throw new VapiError(400, `Couldn't find credential ${credentialId}`);
  }
}

function checkTools(emulator: Emulator, assistant: StoredAssistant): void {
  const model = assistant.model as { toolIds?: string[] } | undefined;
  const missing = (model?.toolIds ?? []).find((id) => !emulator.tools.get(id));
  if (missing) throw new VapiError(400, `Couldn't find tool ${missing}`);
}

function checkNumber(emulator: Emulator, number: StoredPhoneNumber): void {
  checkCredential(emulator, number.server?.credentialId);
  if (number.assistantId !== undefined && !emulator.assistants.get(number.assistantId)) {
    throw new VapiError(400, `Couldn't find assistant ${number.assistantId}`);
  }
  const twin = emulator.phoneNumbers.list().find((other) => other.number === number.number && other.id !== number.id);
  if (twin && number.number !== undefined) throw new VapiError(409, `Phone number ${number.number} exists already`);
}

function withoutAccountSecrets(number: StoredPhoneNumber): object {
  const {
    twilioAuthToken: _token,
    twilioApiSecret: _secret,
    ...open
  } = number as StoredPhoneNumber & Record<string, unknown>;
  return open;
}

function withoutKeys(credential: StoredCredential): object {
  const plan: Record<string, unknown> = { ...credential.authenticationPlan };
  delete plan.token;
  delete plan.secretKey;
  return { ...credential, authenticationPlan: plan };
}
