import { CodeBlock } from "@/components/ui/code-block";

/** The only time a secret is readable. */
export function ShownSecret({ secret }: { secret: string }) {
  return (
    <div className="flex flex-col gap-1.5 rounded-lg bg-attention-soft p-3">
      <p className="text-sm font-medium text-attention">Copy it now. It cannot be shown again.</p>
      <CodeBlock code={secret} label="webhook secret" wrap />
    </div>
  );
}
