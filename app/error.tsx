"use client";

import { RouteError } from "@/components/ui/route-error";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center px-4">
      <RouteError error={error} reset={reset} />
    </main>
  );
}
