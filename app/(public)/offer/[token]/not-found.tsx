import type { Metadata } from "next";

export const metadata: Metadata = { title: "Link without offer", robots: { index: false } };

/** One answer for every link that leads nowhere: it says nothing about which ever existed. */
export default function NoOffer() {
  return (
    <>
      <h1 className="text-title font-semibold">This link leads to no offer</h1>
      <p className="mt-2 max-w-prose text-muted">
        It may be incomplete, or the time it was about has passed. If you have opened many links, wait ten minutes. The
        business can tell you whether you are still on its waiting list.
      </p>
    </>
  );
}
