import type { Vapi } from "@vapi-ai/server-sdk";

export interface Identity {
  id: string;
  orgId: string;
  createdAt: string;
  updatedAt: string;
}

export type Assistant = Vapi.CreateAssistantDto;
export type StoredAssistant = Identity & Assistant;

/** The vendor's discriminated union of providers, flattened to what an emulated call reads. */
export type StoredPhoneNumber = Identity & {
  provider: string;
  number?: string;
  name?: string;
  assistantId?: string;
  squadId?: string;
  workflowId?: string;
  server?: Vapi.Server;
  fallbackDestination?: Destination;
};

export interface Destination {
  type: string;
  number?: string;
  sipUri?: string;
  message?: string;
}

export type FunctionTool = Vapi.CreateFunctionToolDto & { type: "function" };
export type StoredTool = Identity & FunctionTool;

export type AuthenticationPlan =
  | ({ type: "hmac" } & Vapi.HmacAuthenticationPlan)
  | ({ type: "bearer" } & Vapi.BearerAuthenticationPlan);
export type StoredCredential = Identity & { provider: string; name?: string; authenticationPlan: AuthenticationPlan };

export type Customer = { number?: string; name?: string; externalId?: string; sipUri?: string; email?: string };
