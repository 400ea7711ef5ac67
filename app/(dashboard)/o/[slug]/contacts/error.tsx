"use client";

import { RouteError } from "@/components/ui/route-error";

export default function ContactsError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <RouteError {...props} title="The contacts could not be shown" />;
}
