"use client";

import { RouteError } from "@/components/ui/route-error";

export default function CallsError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <RouteError {...props} title="The calls could not be shown" />;
}
