import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card, CardBody } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { listDevEmails } from "@/lib/identity";
import { app } from "@/lib/wiring/app";
import { hasMailbox } from "@/lib/wiring/mailbox-access";
import { LiveRefreshEvery } from "./refresh";

export const metadata: Metadata = { title: "Development mailbox" };

/** What would have been sent. Exists only where nobody but this machine can reach it. */
export default async function MailboxPage() {
  const theApp = await app();
  if (!hasMailbox(theApp)) notFound();
  const letters = await listDevEmails(theApp.database);
  return (
    <div className="flex w-full max-w-2xl flex-col gap-4">
      <div className="flex items-end justify-between gap-4">
        <div>
          <h1 className="text-title font-semibold tracking-tight">Development mailbox</h1>
          <p className="text-muted">Letters that would have been sent. Newest first, kept on this machine.</p>
        </div>
        <LiveRefreshEvery seconds={3} />
      </div>
      {letters.length === 0 && (
        <EmptyState title="No letters yet">Ask for a sign-in code, or invite somebody: it arrives here.</EmptyState>
      )}
      {letters.map((letter) => (
        <Card key={letter.id}>
          <CardBody>
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <h2 className="text-heading font-semibold break-words">{letter.subject}</h2>
              <span className="text-xs text-muted">
                to {letter.recipient}, <Time instant={letter.createdAt} zone="UTC" format="time" relative />
              </span>
            </div>
            {letter.data.code && (
              <p className="mt-2 flex items-center gap-3">
                <span className="tabular text-figure font-semibold" data-testid="code">
                  {letter.data.code}
                </span>
                <CopyButton value={letter.data.code} label="Copy the code" />
              </p>
            )}
            {letter.data.link && (
              <p className="mt-2">
                <a href={letter.data.link} className="font-medium break-all text-accent-ink underline">
                  {letter.data.link}
                </a>
              </p>
            )}
            <details className="mt-2">
              <summary className="cursor-pointer text-muted">The whole letter</summary>
              <pre className="mt-2 rounded-lg bg-sunken p-3 text-xs whitespace-pre-wrap">{letter.body}</pre>
            </details>
          </CardBody>
        </Card>
      ))}
    </div>
  );
}
