import { CalendarDays } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export function NobodyYet({ slug, mayConfigure }: { slug: string; mayConfigure: boolean }) {
  return (
    <EmptyState
      title="Nobody can be booked yet"
      icon={<CalendarDays />}
      action={
        mayConfigure && (
          <ButtonLink href={`/o/${slug}/settings/staff/new`} variant="primary">
            Add a person
          </ButtonLink>
        )
      }
    >
      The calendar shows a column for each person, with what callers have booked.
      {mayConfigure ? "" : " An admin or the owner can add people."}
    </EmptyState>
  );
}
