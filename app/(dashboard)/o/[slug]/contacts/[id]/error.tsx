"use client";

import { RouteError } from "@/components/ui/route-error";

export default function ContactError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <RouteError {...props} title="This contact could not be shown" />;
}
