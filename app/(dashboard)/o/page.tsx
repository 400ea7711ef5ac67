import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Logo } from "@/components/shell/logo";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button";
import { roleLabels } from "@/lib/organizations/schemas";
import { LAST_ORGANIZATION } from "@/lib/platform/last-organization";
import { viewerMemberships } from "@/lib/wiring/member-context";
import { getViewer } from "@/lib/wiring/viewer";

export const metadata: Metadata = { title: "Your organisations" };

/** The organisation last visited, or the only one; with several to choose from, a choice; with none, a new one. */
export default async function OrganizationsPage({ searchParams }: { searchParams: Promise<{ choose?: string }> }) {
  const viewer = await getViewer();
  if (!viewer) redirect("/sign-in?next=/o");
  const memberships = await viewerMemberships(viewer.userId);
  const [only] = memberships;
  if (!only) redirect("/o/new");
  if ((await searchParams).choose === undefined) {
    const last = (await cookies()).get(LAST_ORGANIZATION)?.value;
    const target = memberships.length === 1 ? only : memberships.find((each) => each.slug === last);
    if (target) redirect(`/o/${target.slug}`);
  }
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col gap-5 px-5 py-[12vh]">
      <Logo />
      <h1 className="text-title font-semibold tracking-tight">Which organisation?</h1>
      <ul className="divide-y overflow-hidden rounded-lg border bg-surface">
        {memberships.map((each) => (
          <li key={each.orgId}>
            <Link href={`/o/${each.slug}`} className="focus-inset flex items-center gap-3 px-4 py-3 hover:bg-hover">
              <Avatar name={each.name} shape="square" className="size-8" />
              <span className="min-w-0 flex-1 truncate font-medium">{each.name}</span>
              <span className="text-muted">{roleLabels[each.role]}</span>
            </Link>
          </li>
        ))}
      </ul>
      <ButtonLink href="/o/new" className="self-start">
        New organisation
      </ButtonLink>
    </main>
  );
}
