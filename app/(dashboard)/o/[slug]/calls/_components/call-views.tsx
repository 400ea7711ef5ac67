import { Pencil, Users } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { LinkTabs } from "@/components/ui/link-tabs";
import type { CallView } from "@/lib/calls";
import { viewHref } from "../calls-query";

type Props = {
  base: string;
  /** The address of what is shown, without the page of it. */
  here: string;
  views: readonly CallView[];
  /** Whether this member may change what everybody has. */
  mayShare: boolean;
};

/** All calls and the saved views, as tabs; nothing until there is a view. */
export function CallViews({ base, here, views, mayShare }: Props) {
  if (views.length === 0) return null;
  const shown = views.filter((view) => viewHref(base, view) === here && (mayShare || !view.isShared));
  return (
    <div className="mb-4 flex items-center gap-2 border-b">
      <LinkTabs
        label="Views"
        current={here}
        className="min-w-0 grow border-b-0"
        tabs={[
          { href: base, label: "All calls" },
          ...views.map((view) => ({
            id: view.id,
            href: viewHref(base, view),
            label: view.name,
            ...(view.isShared ? { icon: <Users role="img" aria-label="Everybody’s:" className="size-3.5" /> } : {}),
          })),
        ]}
      />
      {shown.map(({ id, name }) => (
        <ButtonLink key={id} href={`${base}/views/${id}`} variant="ghost" size="sm" aria-label={`Edit “${name}”`}>
          <Pencil aria-hidden />
          <span className="max-sm:hidden">Edit</span>
        </ButtonLink>
      ))}
    </div>
  );
}
