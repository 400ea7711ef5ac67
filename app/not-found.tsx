import type { Metadata } from "next";
import { Logo } from "@/components/shell/logo";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 px-6">
      <Logo />
      <h1 className="mt-4 text-title font-semibold">There is nothing at this address</h1>
      <p className="text-muted">
        It may have been moved or removed, or it belongs to an organisation you are not a member of. An owner or admin
        of that organisation can invite you.
      </p>
      <ButtonLink href="/" variant="primary" className="mt-2">
        Go to the start
      </ButtonLink>
    </main>
  );
}
