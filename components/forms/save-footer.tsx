import { ButtonLink } from "../ui/button";
import { CardFooter } from "../ui/card";
import { type FormOutcome, FormStatus } from "../ui/form-status";
import { SubmitButton } from "../ui/submit-button";

type Props = {
  saving: { pending: boolean; outcome: FormOutcome };
  label?: string;
  back?: { href: string; label: string };
  /** Not at the end of a card. */
  isPlain?: boolean;
};

/** The end of a form: save, go back, and what became of it. */
export const SaveFooter = ({ saving, label = "Save", back, isPlain = false }: Props) => (
  <CardFooter className={isPlain ? "border-t-0 p-0" : undefined}>
    <SubmitButton pending={saving.pending} pendingLabel="Saving">
      {label}
    </SubmitButton>
    {back && (
      <ButtonLink href={back.href} variant="ghost">
        {back.label}
      </ButtonLink>
    )}
    <FormStatus outcome={saving.outcome} />
  </CardFooter>
);
