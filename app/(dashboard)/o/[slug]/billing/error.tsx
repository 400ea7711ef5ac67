"use client";

import { RouteError } from "@/components/ui/route-error";

export default function BillingError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <RouteError {...props} title="The billing could not be shown" />;
}
