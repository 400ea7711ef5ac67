import { type ReactNode, useId } from "react";
import { FieldMessage } from "../ui/field";
import { CheckboxField, SelectField, TextField } from "../ui/form-fields";

export type TimeChoice = { slot: string; time: string; staff: string };

type Props = {
  /** "Tuesday, 24 November 2026": the day the times belong to. */
  day: string;
  strip: ReactNode;
  times: readonly TimeChoice[];
  /** Names who would do it, where that is open. */
  isStaffShown: boolean;
  chosen: string | undefined;
  /** What stands in the fields for another time. */
  other: { date: string; time: string; staffId: string; override: boolean };
  staff: readonly { value: string; label: string }[];
  /** What is free instead of a time that was refused. */
  offers: readonly { slot: string; label: string }[];
  errors: Record<string, string> | undefined;
};

const pill =
  "relative flex cursor-pointer items-center gap-1.5 rounded-lg border border-line-strong/60 px-3 py-1.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring";

/** Free times as radio buttons named `slot`, and another time by hand (`slot` = "other"). Works without scripts. */
export function TimeChooser({ day, strip, times, isStaffShown, chosen, other, staff, offers, errors }: Props) {
  const errorId = useId();
  return (
    <div className="group/when flex flex-col gap-4">
      {strip}
      {offers.length > 0 && (
        <fieldset className="rounded-lg border border-attention bg-attention-soft p-3">
          <legend className="px-1 font-medium">Free instead</legend>
          <Pills choices={offers.map(({ slot, label }) => ({ slot, label }))} chosen={chosen} />
        </fieldset>
      )}
      <fieldset aria-describedby={errors?.slot ? errorId : undefined}>
        <legend className="mb-2 text-sm font-medium">{day}</legend>
        {times.length === 0 ? (
          <p className="text-muted">Nothing is free on this day. Choose another day, or give a time by hand.</p>
        ) : (
          <Pills
            choices={times.map((each) => ({
              slot: each.slot,
              label: each.time,
              note: isStaffShown ? each.staff : undefined,
            }))}
            chosen={chosen}
          />
        )}
        <label className={`${pill} mt-3 w-fit`}>
          <input type="radio" name="slot" value="other" defaultChecked={chosen === "other"} className="sr-only" />
          Another time
        </label>
        <FieldMessage id={errorId} message={errors?.slot} />
      </fieldset>
      <div className="hidden gap-4 rounded-lg border p-4 group-has-[input[value=other]:checked]/when:grid sm:grid-cols-3">
        <TextField
          label="Date"
          type="date"
          name="date"
          defaultValue={other.date}
          error={errors?.date}
          className="tabular"
        />
        <TextField label="Time" type="time" name="time" step={300} defaultValue={other.time} error={errors?.time} />
        <SelectField
          key={other.staffId}
          label="With"
          name="staffId"
          options={staff}
          placeholder="Choose"
          defaultValue={other.staffId}
          error={errors?.staffId}
        />
        <CheckboxField
          name="override"
          defaultChecked={other.override}
          label="Allow it anyway"
          help="Also outside the hours, without notice, or in the past. Never over another booking."
          className="sm:col-span-3"
        />
      </div>
    </div>
  );
}

function Pills({
  choices,
  chosen,
}: {
  choices: readonly { slot: string; label: string; note?: string | undefined }[];
  chosen: string | undefined;
}) {
  return (
    <div className="flex flex-wrap gap-2">
      {choices.map((choice) => (
        <label key={choice.slot} className={pill}>
          <input
            type="radio"
            name="slot"
            value={choice.slot}
            defaultChecked={choice.slot === chosen}
            className="sr-only"
          />
          <span className="tabular font-medium">{choice.label}</span>
          {choice.note && <span className="max-w-28 truncate text-xs text-muted">{choice.note}</span>}
        </label>
      ))}
    </div>
  );
}
