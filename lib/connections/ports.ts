/** A telephone number as the provider keeps it. */
export type ProviderNumber = {
  id: string;
  number: string | undefined;
  name: string | undefined;
  serverUrl: string | undefined;
};

/** What provisioning needs of a provider's API; the bodies are the provider's own words. */
export type NumberProvider = {
  listPhoneNumbers(): Promise<ProviderNumber[]>;
  createPhoneNumber(number: object): Promise<ProviderNumber>;
  updatePhoneNumber(id: string, changes: object): Promise<ProviderNumber>;
};
