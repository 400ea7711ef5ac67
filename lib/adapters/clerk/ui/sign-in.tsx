import { headers } from "next/headers";
import { LazySignIn } from "./lazy";

/** Clerk's own form. Its script comes from Clerk: until it has, and where it cannot, this says so. */
export async function ClerkSignIn({ publishableKey, next }: { publishableKey: string; next: string }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return <LazySignIn publishableKey={publishableKey} nonce={nonce} next={next} />;
}
