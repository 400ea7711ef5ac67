import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { TextField } from "@/components/ui/form-fields";
import { EndForm } from "../../../_components/end-form";
import { PostButton } from "../../../_components/post-button";
import { TermsSaid } from "../../../_components/terms-said";
import { TooLate } from "../../../_components/too-late";
import { managed } from "../managed";

export const metadata: Metadata = {
  title: { absolute: "Cancel your appointment" },
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

export default async function CancelPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const found = await managed(token);
  if (!found) notFound();
  const { booking, business, isOpen, phone } = found;
  const terms = found.terms.cancel;
  if (!isOpen) redirect(`/manage/${token}`);
  return (
    <EndForm
      business={business}
      title="Cancel this appointment?"
      back={{ href: `/manage/${token}`, label: "Your appointment" }}
      action={`/manage/${token}/change`}
      what="cancel"
      appointment={booking}
      where={found.where}
      button={
        terms.isAllowed && (
          <PostButton variant="danger">
            {terms.feeCents > 0 ? `Cancel and owe ${terms.fee}` : "Cancel the appointment"}
          </PostButton>
        )
      }
    >
      {terms.isAllowed ? (
        <>
          <TermsSaid terms={terms} change="Cancelling" />
          <p>Its time is free for others at once. A cancelled appointment cannot be brought back.</p>
          <TextField label="Why, if you like" name="reason" maxLength={500} optional autoComplete="off" />
        </>
      ) : (
        <TooLate phone={phone} country={business.country} />
      )}
    </EndForm>
  );
}
