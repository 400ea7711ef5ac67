"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button, ButtonLink } from "./button";
import { ErrorState } from "./error-state";

/** What an `error.tsx` shows: the page is read again from the server on "Try again". */
export function RouteError({
  error,
  reset,
  title = "This page could not be shown",
  homeHref = "/",
  level = 1,
}: {
  error: Error & { digest?: string };
  reset: () => void;
  title?: string;
  homeHref?: string;
  level?: 1 | 2;
}) {
  const router = useRouter();
  const [isTrying, startTrying] = useTransition();
  const retry = () =>
    startTrying(() => {
      router.refresh();
      reset();
    });
  return (
    <ErrorState
      level={level}
      title={title}
      requestId={error.digest}
      action={
        <>
          <Button variant="primary" onClick={retry} pending={isTrying}>
            Try again
          </Button>
          <ButtonLink href={homeHref}>Go to the start</ButtonLink>
        </>
      }
    >
      What was saved before is still there. If it keeps happening, quote the number below when you ask for help.
    </ErrorState>
  );
}
