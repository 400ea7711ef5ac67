import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Logo } from "@/components/shell/logo";
import { countryOptions, timeZoneOptions } from "@/lib/organizations";
import { viewerMemberships } from "@/lib/wiring/member-context";
import { getViewer } from "@/lib/wiring/viewer";
import { NewOrganizationForm } from "./new-organization-form";

export const metadata: Metadata = { title: "New organisation" };

export default async function NewOrganizationPage() {
  const viewer = await getViewer();
  if (!viewer) redirect("/sign-in?next=/o/new");
  const isFirst = (await viewerMemberships(viewer.userId)).length === 0;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-xl flex-col gap-5 px-5 py-[8vh]">
      <Logo />
      <div>
        <h1 className="text-title font-semibold tracking-tight">
          {isFirst ? "Welcome. Your business?" : "New organisation"}
        </h1>
        <p className="mt-0.5 text-muted">Step 1 of 4. In about three minutes an agent answers for you.</p>
      </div>
      <NewOrganizationForm options={{ countries: countryOptions(), zones: timeZoneOptions() }} isFirst={isFirst} />
    </main>
  );
}
