import type { ReactNode } from "react";
import { Banner } from "../ui/banner";
import { ConfirmButton } from "../ui/confirm-button";
import type { FormOutcome } from "../ui/form-status";
import { PageHeader } from "../ui/page-header";

type Question = { label: string; title: string; consequence: string };

type Props = {
  title: string;
  description?: string;
  back: { href: string; label: string };
  mayChange: boolean;
  isActive: boolean;
  archive: Question & { notice: string };
  restore: Question;
  setActive: (previous: FormOutcome, form: FormData) => Promise<FormOutcome>;
  actions?: ReactNode;
  children: ReactNode;
};

/** The page of one thing that can be booked or booked with: what it is, archiving it and bringing it back, and who may. */
export function EditPage({ title, description, back, mayChange, isActive, actions, children, ...rest }: Props) {
  const { label, title: question, consequence } = isActive ? rest.archive : rest.restore;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <PageHeader
        className="mb-0"
        title={<span className="break-words">{title}</span>}
        description={description}
        back={back}
        actions={
          <>
            {actions}
            {mayChange && (
              <ConfirmButton
                label={label}
                title={question}
                consequence={consequence}
                confirmLabel={label}
                cancelLabel={isActive ? "Keep it" : "Leave it archived"}
                destructive={isActive}
                action={rest.setActive}
                fields={{ active: String(!isActive) }}
              />
            )}
          </>
        }
      />
      {!isActive && (
        <Banner kind="attention" className="rounded-lg">
          {rest.archive.notice}
        </Banner>
      )}
      {!mayChange && <MayLook />}
      {children}
    </div>
  );
}

export const MayLook = () => (
  <Banner className="rounded-lg">You can look at this. An admin or the owner can change it.</Banner>
);
