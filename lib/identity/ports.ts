/** What an identity provider other than our own says about a person, in our words. */
export type ExternalPerson = {
  externalId: string;
  email: string;
  /** Only a proven address may be joined to a person we already know by it. */
  emailVerified: boolean;
  name: string;
  image: string | null;
  updatedAt: Date;
};

export type ExternalRole = "admin" | "member" | "viewer";

export type ExternalOrganization = {
  externalId: string;
  name: string;
  slug: string | null;
  /** The person who made it and therefore owns it; null when the provider does not say. */
  createdBy: string | null;
  updatedAt: Date;
};

export type ExternalMembership = {
  organization: ExternalOrganization;
  personExternalId: string;
  role: ExternalRole;
  updatedAt: Date;
};

/** Who a session token speaks of; `email` is there only when the token's template carries it, and proven only if the token says so. */
export type ExternalSession = {
  externalId: string;
  email: string | null;
  emailVerified: boolean;
  name: string;
  issuedAt: Date;
  organization: { externalId: string; slug: string | null; role: ExternalRole } | null;
};

/** What the provider's webhooks tell. */
export type IdentityChange =
  | { kind: "person.saved"; person: ExternalPerson }
  | { kind: "person.deleted"; externalId: string; at: Date }
  | { kind: "organization.saved"; organization: ExternalOrganization }
  | { kind: "organization.deleted"; externalId: string; at: Date }
  | { kind: "membership.saved"; membership: ExternalMembership; person: Omit<ExternalPerson, "updatedAt"> | null }
  | { kind: "membership.deleted"; organizationExternalId: string; personExternalId: string; at: Date }
  /** Acknowledged and remembered, but nothing of ours follows from it. */
  | { kind: "other" };
