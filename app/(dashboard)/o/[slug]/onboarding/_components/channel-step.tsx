"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { CheckboxField } from "@/components/ui/form-fields";
import { type FormAction, idle } from "@/lib/platform/form-state";
import { StepFooter } from "./step-footer";

const channels = [
  { value: "browser", label: "Try it here first", help: "A test line on this machine. No account, nothing leaves it." },
  {
    value: "forward",
    label: "Forward the number you have",
    help: "Your carrier passes calls on when you are busy, closed or do not answer.",
  },
  { value: "new_number", label: "A new number", help: "Bought at the voice provider and connected in the settings." },
  { value: "provider", label: "Your own Vapi account", help: "Paste one address and one secret there." },
];

export function ChannelStep({
  action,
  channel,
  canCallHere,
}: {
  action: FormAction;
  channel: string;
  canCallHere: boolean;
}) {
  const { state, pending, form } = useKeptForm(action, idle);
  const offered = channels.filter((each) => canCallHere || each.value !== "browser");
  const chosen = offered.some((each) => each.value === channel) ? channel : offered[0]?.value;
  return (
    <form {...form} className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 font-medium">Where will calls come from?</legend>
        {offered.map((each) => (
          <CheckboxField
            key={each.value}
            type="radio"
            name="channel"
            value={each.value}
            defaultChecked={each.value === chosen}
            label={each.label}
            help={each.help}
          />
        ))}
      </fieldset>
      <StepFooter state={state} pending={pending} label="Save and go on" pendingLabel="Saving" />
    </form>
  );
}
