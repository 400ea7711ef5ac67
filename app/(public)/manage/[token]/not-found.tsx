import type { Metadata } from "next";

export const metadata: Metadata = { title: "Link without appointment", robots: { index: false } };

/** One answer for every link that leads nowhere: it says nothing about which ever existed. */
export default function NoAppointment() {
  return (
    <>
      <h1 className="text-title font-semibold">This link leads to no appointment</h1>
      <p className="mt-2 max-w-prose text-muted">
        It may be incomplete, or its appointment was long ago. If you have opened many links, wait ten minutes. The
        business can send you another one.
      </p>
    </>
  );
}
