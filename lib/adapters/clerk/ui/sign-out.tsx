import { LazySignOut } from "./lazy";

/** Ends Clerk's session, which only the browser can, and returns to the start page. */
export function ClerkSignOut({ publishableKey, nonce }: { publishableKey: string; nonce: string | undefined }) {
  return <LazySignOut publishableKey={publishableKey} nonce={nonce} />;
}
