import { Phone } from "@/components/ui/phone";

/** What is left where the cancellation policy allows no change any more. */
export function TooLate({ phone, country }: { phone: string | null; country: string }) {
  return (
    <p className="rounded-lg bg-attention-soft px-4 py-3 text-attention">
      It is too late to do this here.{" "}
      {phone ? (
        <>
          Call <Phone e164={phone} country={country} link className="underline" />.
        </>
      ) : (
        "Get in touch with the business."
      )}
    </p>
  );
}
