import type { ReactNode } from "react";
import { SettingsTabs } from "./_components/settings-tabs";

export default async function SettingsLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ slug: string }>;
}) {
  return (
    <>
      <SettingsTabs base={`/o/${(await params).slug}/settings`} />
      {children}
    </>
  );
}
