"use client";

import { usePathname } from "next/navigation";
import { LinkTabs } from "@/components/ui/link-tabs";

const parts = [
  ["", "Organisation"],
  ["/hours", "Hours"],
  ["/availability", "Test availability"],
  ["/services", "Services"],
  ["/staff", "Staff"],
  ["/calendars", "Calendars"],
  ["/cancellation", "Cancellation"],
  ["/booking-page", "Booking page"],
  ["/connections", "Connections"],
  ["/members", "Members"],
  ["/audit", "Audit"],
  ["/jobs", "Failed jobs"],
] as const;

export function SettingsTabs({ base }: { base: string }) {
  const path = usePathname();
  const tabs = parts.map(([end, label]) => ({ href: base + end, label }));
  const current = tabs.findLast(({ href }) => path === href || path.startsWith(`${href}/`));
  return <LinkTabs label="Settings" tabs={tabs} current={current?.href ?? base} className="mb-6" />;
}
