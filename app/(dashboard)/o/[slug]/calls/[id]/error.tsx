"use client";

import { RouteError } from "@/components/ui/route-error";

export default function CallError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <RouteError {...props} title="This call could not be shown" />;
}
