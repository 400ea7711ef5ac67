import type { Metadata } from "next";

export const metadata: Metadata = { title: "No booking page", robots: { index: false } };

export default function NoBookingPage() {
  return (
    <>
      <h1 className="text-title font-semibold">There is no booking page here</h1>
      <p className="mt-2 max-w-prose text-muted">
        The address may be mistyped, or the business does not take bookings on the web at the moment. It may still
        answer the telephone.
      </p>
    </>
  );
}
