import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { EndForm } from "../../../_components/end-form";
import { PostButton } from "../../../_components/post-button";
import { offered } from "../offered";

export const metadata: Metadata = {
  title: { absolute: "Let this time go" },
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

export default async function DeclinePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const found = await offered(token);
  if (!found) notFound();
  const { offer, business } = found;
  if (offer.status !== "open") redirect(`/offer/${token}`);
  return (
    <EndForm
      business={business}
      title="Let this time go?"
      back={{ href: `/offer/${token}`, label: "The offer" }}
      action={`/offer/${token}/answer`}
      what="decline"
      appointment={offer}
      button={<PostButton variant="danger">Let it go</PostButton>}
    >
      <p>It goes to whoever is next on the list at once. You keep your place and hear of the next one.</p>
    </EndForm>
  );
}
