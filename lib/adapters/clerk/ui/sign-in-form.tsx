"use client";

import { ClerkFailed, SignIn } from "@clerk/nextjs";
import { Provider, type ProviderProps } from "./provider";

export function SignInForm({ next, ...provider }: ProviderProps & { next: string }) {
  return (
    <Provider {...provider}>
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
    </Provider>
  );
}
