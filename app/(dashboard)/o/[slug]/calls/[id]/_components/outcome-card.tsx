import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { CheckboxField, SelectField, TextareaField } from "@/components/ui/form-fields";
import { Status } from "@/components/ui/status";
import type { CallDetails } from "@/lib/calls";
import { callState, outcomeOptions, outcomeWords } from "../../../_components/call-words";
import { correct } from "../actions";

type Props = { slug: string; call: CallDetails; mayWrite: boolean };

/** What came of the call, in a word and in a sentence, and the means to put it right. */
export function OutcomeCard({ slug, call, mayWrite }: Props) {
  const state = call.outcome && call.status === "ended" ? outcomeWords[call.outcome] : callState(call);
  const correctedBy = call.outcomeCorrectedBy ?? call.summaryCorrectedBy;
  return (
    <Card>
      <CardHeader
        title="Outcome"
        level={2}
        actions={
          mayWrite &&
          call.status === "ended" &&
          !call.erasedAt && (
            <ConfirmButton
              label="Correct it"
              size="sm"
              title="Correct this call"
              consequence="What you write here stands, whatever the provider reports later."
              confirmLabel="Save"
              cancelLabel="Leave it"
              destructive={false}
              action={correct.bind(null, slug, call.id)}
            >
              <SelectField
                label="What came of it"
                name="outcome"
                defaultValue={call.outcome ?? ""}
                options={outcomeOptions}
                {...(call.outcome ? {} : { placeholder: "Choose" })}
              />
              <TextareaField label="Summary" name="summary" rows={5} maxLength={4000} defaultValue={call.summary} />
              <CheckboxField label="Needs review" name="needsReview" defaultChecked={call.needsReview} />
            </ConfirmButton>
          )
        }
      />
      <CardBody className="flex flex-col gap-2">
        <p className="flex flex-wrap gap-2">
          <Status kind={state.kind}>{state.word}</Status>
          {call.needsReview && <Status kind="attention">Needs review</Status>}
        </p>
        <p className="break-words whitespace-pre-line">
          {call.summary || (
            <span className="text-muted">
              {call.status === "ended" ? "No summary." : "The summary follows the call."}
            </span>
          )}
        </p>
        {correctedBy && <p className="text-xs text-muted">Corrected by {correctedBy}</p>}
      </CardBody>
    </Card>
  );
}
