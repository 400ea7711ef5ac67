"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormAction, idle } from "@/lib/platform/form-state";

type Props = { action: FormAction; staffId: string };

export function CaldavForm({
  action,
  staffId,
  presets,
}: Props & { presets: readonly { name: string; url: string }[] }) {
  const { state, pending, form } = useKeptForm(action, idle);
  return (
    <form {...form} className="flex flex-col gap-4">
      <input type="hidden" name="staffId" value={staffId} />
      <TextField
        label="Server"
        name="url"
        type="url"
        required
        list="caldav-servers"
        autoComplete="off"
        placeholder="https://caldav.icloud.com/"
        help={presets.map((preset) => `${preset.name}: ${preset.url}`).join(" · ")}
        defaultValue={state.values?.url}
        error={state.fields?.url}
      />
      <datalist id="caldav-servers">
        {presets.map((preset) => (
          <option key={preset.url} value={preset.url}>
            {preset.name}
          </option>
        ))}
      </datalist>
      <TextField
        label="User name"
        name="username"
        required
        autoComplete="off"
        defaultValue={state.values?.username}
        error={state.fields?.username}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        required
        autoComplete="off"
        help="Apple and Fastmail want a password made for this app. Stored encrypted."
        error={state.fields?.password}
      />
      <FormStatus outcome={state.status === "error" && !state.fields ? { ok: false, message: state.message } : null} />
      <SubmitButton variant="secondary" pending={pending} pendingLabel="Trying it">
        Connect
      </SubmitButton>
    </form>
  );
}

export function FeedForm({ action, staffId }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  return (
    <form {...form} className="flex flex-col gap-4">
      <input type="hidden" name="staffId" value={staffId} />
      <TextField
        label="Address"
        name="url"
        required
        autoComplete="off"
        placeholder="https://… or webcal://…"
        defaultValue={state.values?.url}
        error={state.fields?.url}
      />
      <TextField
        label="Name"
        name="name"
        optional
        maxLength={80}
        defaultValue={state.values?.name}
        error={state.fields?.name}
      />
      <FormStatus outcome={state.status === "error" && !state.fields ? { ok: false, message: state.message } : null} />
      <SubmitButton variant="secondary" pending={pending} pendingLabel="Reading it">
        Subscribe
      </SubmitButton>
    </form>
  );
}
