import type { ReactNode } from "react";
import { SettingsNav } from "./_components/settings-nav";

export default async function SettingsLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ slug: string }>;
}) {
  return (
    <div className="gap-8 xl:grid xl:grid-cols-[10.5rem_minmax(0,1fr)]">
      <SettingsNav base={`/o/${(await params).slug}/settings`} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
