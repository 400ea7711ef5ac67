import { ClerkFailed, ClerkProvider, SignIn } from "@clerk/nextjs";
import { headers } from "next/headers";

/** Clerk's own form. Its script comes from Clerk: until it has, and where it cannot, this says so. */
export async function ClerkSignIn({ publishableKey, next }: { publishableKey: string; next: string }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <ClerkProvider publishableKey={publishableKey} {...(nonce ? { nonce } : {})} signInUrl="/sign-in">
      <h1 className="sr-only">Sign in</h1>
      <SignIn
        routing="hash"
        fallbackRedirectUrl={next}
        signUpFallbackRedirectUrl={next}
        fallback={
          <p role="status" className="text-muted">
            Loading the sign-in form
          </p>
        }
      />
      <ClerkFailed>
        <p role="alert" className="max-w-sm text-failed">
          The sign-in form could not be loaded. Check the connection to Clerk and reload this page.
        </p>
      </ClerkFailed>
    </ClerkProvider>
  );
}
