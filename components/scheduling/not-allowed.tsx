import { ErrorState } from "../ui/error-state";
import { PageHeader } from "../ui/page-header";

/** A page one's role does not open: says who can, and leads back. */
export function NotAllowed({
  title,
  back,
  who,
}: {
  title: string;
  back: { href: string; label: string };
  who: string;
}) {
  return (
    <>
      <PageHeader title={title} back={back} />
      <ErrorState title={who}>Ask an admin or the owner to change your role.</ErrorState>
    </>
  );
}
