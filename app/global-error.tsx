"use client";

import "./globals.css";

/** Stands in for the whole document when the root layout itself fails, so it leans on nothing but the style sheet. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body className="font-sans">
        <title>Something failed · Caly</title>
        <main role="alert" className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 px-6">
          <h1 className="text-title font-semibold">Caly could not be shown</h1>
          <p className="text-muted">Nothing was lost, and calls are still being answered. Try again in a moment.</p>
          <button
            type="button"
            onClick={reset}
            className="mt-2 h-9 rounded-lg bg-accent px-3.5 font-medium text-on-accent hover:bg-accent-hover"
          >
            Try again
          </button>
          {error.digest && (
            <p className="text-xs text-muted">
              Request <code className="font-mono">{error.digest}</code>
            </p>
          )}
        </main>
      </body>
    </html>
  );
}
