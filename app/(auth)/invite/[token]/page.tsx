import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { findOpenInvitation } from "@/lib/organizations";
import { app } from "@/lib/wiring/app";
import { getViewer } from "@/lib/wiring/viewer";
import { signOutAction } from "../../sign-out/actions";
import { AcceptForm } from "./accept-form";
import { accept } from "./actions";
import { inviteStateText } from "./texts";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const viewer = await getViewer();
  const found = await findOpenInvitation(await app(), token);
  if (!found) notFound();
  const { invitation, state } = found;
  return (
    <div className="flex w-full max-w-md flex-col gap-4">
      <h1 className="text-title font-semibold tracking-tight text-balance">
        Invitation to {invitation.organizationName}
      </h1>
      {state !== "open" ? (
        <>
          <p>{inviteStateText[state]}</p>
          <ButtonLink href={state === "accepted" ? `/o/${invitation.slug}` : "/o"} className="self-start">
            {state === "accepted" ? "Open the organisation" : "Your organisations"}
          </ButtonLink>
        </>
      ) : (
        <>
          <p className="text-muted">
            You would join as <strong className="font-medium text-ink">{invitation.role}</strong>. The invitation is for{" "}
            <span className="break-all">{invitation.email}</span> and works until{" "}
            <Time instant={invitation.expiresAt} zone="UTC" format="date" />.
          </p>
          {!viewer && (
            <ButtonLink variant="primary" size="lg" href={`/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`}>
              Sign in to accept
            </ButtonLink>
          )}
          {viewer?.email === invitation.email && (
            <AcceptForm action={accept.bind(null, token)} organizationName={invitation.organizationName} />
          )}
          {viewer && viewer.email !== invitation.email && (
            <form action={signOutAction} className="flex flex-col items-start gap-3">
              <p>
                You are signed in as <span className="break-all">{viewer.email}</span>. Sign out, open the link again
                and sign in with the address it was sent to.
              </p>
              <button type="submit" className="font-medium text-accent-ink underline">
                Sign out
              </button>
            </form>
          )}
        </>
      )}
    </div>
  );
}
